"""What the tenant buys from a supplier."""
from django.db import models

from apps.tenants.models import TenantOwned


class PurchaseOrder(TenantOwned):
    number = models.CharField(max_length=30)
    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.PROTECT, related_name="purchase_orders")
    plant = models.ForeignKey("plants.Plant", null=True, blank=True, on_delete=models.PROTECT, related_name="purchase_orders")
    carrier = models.ForeignKey("carriers.Carrier", null=True, blank=True, on_delete=models.SET_NULL, related_name="purchase_orders")
    ordered_on = models.DateField()
    pick_up_on = models.DateField(null=True, blank=True)
    weight_lbs = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    status = models.CharField(max_length=12, default="draft")

    class Meta:
        ordering = ["-ordered_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="purchase_orders_number_unique"),
        ]

    def __str__(self):
        return self.number
