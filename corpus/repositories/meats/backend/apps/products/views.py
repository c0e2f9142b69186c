from apps.tenants.views import TenantViewSet

from .models import Product
from .serializers import ProductSerializer


class ProductViewSet(TenantViewSet):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_fields = ["protein", "state"]
