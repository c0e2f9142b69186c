"""A person at a supplier or a customer."""
from django.db import models

from apps.tenants.models import TenantOwned


class Contact(TenantOwned):
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    position = models.CharField(max_length=80, blank=True)
    supplier = models.ForeignKey("suppliers.Supplier", null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    customer = models.ForeignKey("customers.Customer", null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")

    class Meta:
        ordering = ["last_name", "first_name"]

    def __str__(self):
        return self.last_name
