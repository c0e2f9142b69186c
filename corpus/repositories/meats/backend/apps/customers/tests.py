from django.contrib.auth import get_user_model
from rest_framework.test import APITestCase

from apps.tenants.models import Tenant, TenantUser

from .models import Customer


class CustomerAPITest(APITestCase):
    def setUp(self):
        self.tenant = Tenant.objects.create(name="Acme", slug="acme")
        user = get_user_model().objects.create_user("ann")
        TenantUser.objects.create(tenant=self.tenant, user=user)
        self.client.force_login(user)

    def test_missing_customer_returns_404(self):
        self.assertEqual(self.client.get("/api/v1/customers/999/").status_code, 404)

    def test_update_customer(self):
        customer = Customer.objects.create(tenant=self.tenant, name="Corner Grill")
        response = self.client.patch(f"/api/v1/customers/{customer.pk}/", {"credit_limit": "5000.00"})
        self.assertEqual(response.status_code, 200)
        customer.refresh_from_db()
        self.assertEqual(str(customer.credit_limit), "5000.00")
