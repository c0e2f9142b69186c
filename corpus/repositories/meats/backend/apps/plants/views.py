from apps.tenants.views import TenantViewSet

from .models import Plant
from .serializers import PlantSerializer


class PlantViewSet(TenantViewSet):
    queryset = Plant.objects.all()
    serializer_class = PlantSerializer
    filterset_fields = ["plant_type", "state", "supplier"]
