"""A place where meat is slaughtered, cut or stored."""
from django.db import models

from apps.tenants.models import TenantOwned


class Plant(TenantOwned):
    name = models.CharField(max_length=200)
    establishment_number = models.CharField(max_length=20)
    plant_type = models.CharField(max_length=20, default="processing")
    supplier = models.ForeignKey("suppliers.Supplier", null=True, blank=True, on_delete=models.SET_NULL, related_name="plants")
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    capacity_lbs = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "establishment_number"], name="plants_establishment_number_unique"),
        ]

    def __str__(self):
        return self.name
