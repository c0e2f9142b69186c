"""A plant or trader that sells meat to the tenant."""
from django.db import models

from apps.tenants.models import TenantOwned


class Supplier(TenantOwned):
    name = models.CharField(max_length=200)
    contact_person = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    payment_terms = models.CharField(max_length=20, default="NET30")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="suppliers_name_unique"),
        ]

    def __str__(self):
        return self.name
