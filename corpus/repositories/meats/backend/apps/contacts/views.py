from apps.tenants.views import TenantViewSet

from .models import Contact
from .serializers import ContactSerializer


class ContactViewSet(TenantViewSet):
    queryset = Contact.objects.all()
    serializer_class = ContactSerializer
    filterset_fields = ["supplier", "customer"]
