from apps.tenants.views import TenantViewSet

from .models import Carrier
from .serializers import CarrierSerializer


class CarrierViewSet(TenantViewSet):
    queryset = Carrier.objects.all()
    serializer_class = CarrierSerializer
    filterset_fields = ["refrigerated"]
