"""What a customer buys from the tenant."""
from django.db import models

from apps.tenants.models import TenantOwned


class SalesOrder(TenantOwned):
    number = models.CharField(max_length=30)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="sales_orders")
    product = models.ForeignKey("products.Product", on_delete=models.PROTECT, related_name="sales_orders")
    purchase_order = models.ForeignKey("purchase_orders.PurchaseOrder", null=True, blank=True, on_delete=models.SET_NULL, related_name="sales_orders")
    ordered_on = models.DateField()
    deliver_on = models.DateField(null=True, blank=True)
    weight_lbs = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    price_per_lb = models.DecimalField(max_digits=8, decimal_places=4, default=0)
    status = models.CharField(max_length=12, default="open")

    class Meta:
        ordering = ["-ordered_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="sales_orders_number_unique"),
        ]

    def __str__(self):
        return self.number
