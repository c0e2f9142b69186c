"""Money that a customer owes."""
from django.db import models

from apps.tenants.models import TenantOwned


class AccountsReceivable(TenantOwned):
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="receivables")
    invoice_number = models.CharField(max_length=30)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    due_on = models.DateField()
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self):
        return self.invoice_number
