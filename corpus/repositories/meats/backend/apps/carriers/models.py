"""A trucking company."""
from django.db import models

from apps.tenants.models import TenantOwned


class Carrier(TenantOwned):
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=12)
    mc_number = models.CharField(max_length=12, blank=True)
    refrigerated = models.BooleanField(default=True)
    insured_until = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="carriers_code_unique"),
        ]

    def __str__(self):
        return self.name
