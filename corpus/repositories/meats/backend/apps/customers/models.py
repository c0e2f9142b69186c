"""A company that buys meat from the tenant."""
from django.db import models

from apps.tenants.models import TenantOwned


class Customer(TenantOwned):
    name = models.CharField(max_length=200)
    contact_person = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=60, blank=True)
    credit_limit = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="customers_name_unique"),
        ]

    def __str__(self):
        return self.name
