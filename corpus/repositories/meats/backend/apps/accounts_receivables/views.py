from apps.tenants.views import TenantViewSet

from .models import AccountsReceivable
from .serializers import AccountsReceivableSerializer


class AccountsReceivableViewSet(TenantViewSet):
    queryset = AccountsReceivable.objects.all()
    serializer_class = AccountsReceivableSerializer
    filterset_fields = ["customer", "due_on"]
