from apps.tenants.views import TenantViewSet

from .models import Customer
from .serializers import CustomerSerializer


class CustomerViewSet(TenantViewSet):
    queryset = Customer.objects.all()
    serializer_class = CustomerSerializer
    filterset_fields = ["industry", "is_active"]
