from apps.tenants.views import TenantViewSet

from .models import Invoice
from .serializers import InvoiceSerializer


class InvoiceViewSet(TenantViewSet):
    queryset = Invoice.objects.all()
    serializer_class = InvoiceSerializer
    filterset_fields = ["status", "due_on"]
