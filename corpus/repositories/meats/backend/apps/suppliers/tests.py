from django.contrib.auth import get_user_model
from rest_framework.test import APITestCase

from apps.tenants.models import Tenant, TenantUser

from .models import Supplier


class SupplierAPITest(APITestCase):
    def setUp(self):
        self.tenant = Tenant.objects.create(name="Acme", slug="acme")
        self.user = get_user_model().objects.create_user("ann")
        self.client.force_login(self.user)

    def join(self):
        TenantUser.objects.create(tenant=self.tenant, user=self.user)

    def test_create_supplier(self):
        self.join()
        response = self.client.post("/api/v1/suppliers/", {"name": "Prairie Beef"})
        self.assertEqual(response.status_code, 201)
        self.assertEqual(Supplier.objects.get().tenant, self.tenant)

    def test_create_supplier_without_tenant_fails(self):
        response = self.client.post("/api/v1/suppliers/", {"name": "Prairie Beef"})
        self.assertEqual(response.status_code, 400)

    def test_list_suppliers(self):
        self.join()
        Supplier.objects.create(tenant=self.tenant, name="Ours")
        Supplier.objects.create(tenant=Tenant.objects.create(name="Other", slug="other"), name="Theirs")
        names = [row["name"] for row in self.client.get("/api/v1/suppliers/").json()["results"]]
        self.assertEqual(names, ["Ours"])
