from apps.tenants.views import TenantViewSet

from .models import Supplier
from .serializers import SupplierSerializer


class SupplierViewSet(TenantViewSet):
    queryset = Supplier.objects.all()
    serializer_class = SupplierSerializer
    filterset_fields = ["state", "is_active"]
