"""Finds the tenant of a request and puts it on `request.tenant`; None if there is none."""
from .models import Tenant, TenantDomain

HEADER = "X-Tenant-ID"


class TenantMiddleware:
    """In this order: the header, the host's domain, the first label of the host, the user's own tenant."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.tenant = self.by_header(request) or self.by_host(request) or self.by_user(request)
        return self.get_response(request)

    def by_header(self, request):
        slug = request.headers.get(HEADER)
        if not slug or not request.user.is_authenticated:
            return None
        return Tenant.objects.filter(slug=slug, is_active=True, members__user=request.user).first()

    def by_host(self, request):
        host = request.get_host().split(":")[0]
        found = TenantDomain.objects.filter(domain=host, tenant__is_active=True).select_related("tenant").first()
        return found.tenant if found else Tenant.objects.filter(slug=host.split(".")[0], is_active=True).first()

    def by_user(self, request):
        if not request.user.is_authenticated:
            return None
        membership = request.user.memberships.filter(tenant__is_active=True).select_related("tenant").first()
        return membership.tenant if membership else None
