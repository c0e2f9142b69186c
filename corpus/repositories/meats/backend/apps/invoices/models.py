"""A bill for a sales order."""
from django.db import models

from apps.tenants.models import TenantOwned


class Invoice(TenantOwned):
    number = models.CharField(max_length=30)
    sales_order = models.ForeignKey("sales_orders.SalesOrder", on_delete=models.PROTECT, related_name="invoices")
    issued_on = models.DateField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=12, default="open")

    class Meta:
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="invoices_number_unique"),
        ]

    def __str__(self):
        return self.number
