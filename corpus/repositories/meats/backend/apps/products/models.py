"""A cut of meat in a package."""
from django.db import models

from apps.tenants.models import TenantOwned


class Product(TenantOwned):
    code = models.CharField(max_length=40)
    description = models.CharField(max_length=200)
    protein = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="fresh")
    package = models.CharField(max_length=40, blank=True)
    unit_weight_lbs = models.DecimalField(max_digits=8, decimal_places=2, default=0)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="products_code_unique"),
        ]

    def __str__(self):
        return self.code
