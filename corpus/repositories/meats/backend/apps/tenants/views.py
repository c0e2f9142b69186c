"""Base of the views of everything that a tenant owns."""
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError


class TenantViewSet(viewsets.ModelViewSet):
    """Shows and writes rows of the request's tenant only."""

    def get_queryset(self):
        tenant = self.request.tenant
        return super().get_queryset().filter(tenant=tenant) if tenant else super().get_queryset().none()

    def perform_create(self, serializer):
        if self.request.tenant is None:
            raise ValidationError({"tenant": "The request names no tenant."})
        serializer.save(tenant=self.request.tenant)
