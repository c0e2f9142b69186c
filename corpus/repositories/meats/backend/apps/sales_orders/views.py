from apps.tenants.views import TenantViewSet

from .models import SalesOrder
from .serializers import SalesOrderSerializer


class SalesOrderViewSet(TenantViewSet):
    queryset = SalesOrder.objects.all()
    serializer_class = SalesOrderSerializer
    filterset_fields = ["customer", "status", "ordered_on"]
