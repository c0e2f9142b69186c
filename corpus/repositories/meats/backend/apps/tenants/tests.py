from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, TestCase

from .middleware import TenantMiddleware
from .models import Tenant, TenantDomain, TenantUser


class TenantMiddlewareTest(TestCase):
    def setUp(self):
        self.tenant = Tenant.objects.create(name="Acme", slug="acme")
        self.user = get_user_model().objects.create_user("ann")
        TenantUser.objects.create(tenant=self.tenant, user=self.user)
        self.middleware = TenantMiddleware(lambda request: request.tenant)

    def ask(self, user, **headers):
        request = RequestFactory().get("/api/v1/suppliers/", **headers)
        request.user = user
        return self.middleware(request)

    def test_header_of_a_member(self):
        self.assertEqual(self.ask(self.user, HTTP_X_TENANT_ID="acme"), self.tenant)

    def test_domain_of_the_host(self):
        TenantDomain.objects.create(tenant=self.tenant, domain="testserver")
        self.assertEqual(self.ask(AnonymousUser()), self.tenant)

    def test_nobody_has_no_tenant(self):
        self.assertIsNone(self.ask(AnonymousUser()))
