"""Tenants that share one schema: every row of theirs names its tenant.

`Client` and `Domain` are from the time when each tenant was to have a schema of its own. They are kept until their tables
can be dropped; only `ensure_public_tenant` writes them.
"""
from django.conf import settings
from django.db import models


class Tenant(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    is_active = models.BooleanField(default=True)
    is_trial = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class TenantUser(models.Model):
    OWNER, ADMIN, USER, READER = "owner", "admin", "user", "reader"
    ROLES = [(role, role.capitalize()) for role in (OWNER, ADMIN, USER, READER)]

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=ROLES, default=USER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "user"], name="tenants_member_unique")]


class TenantDomain(models.Model):
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)
    is_primary = models.BooleanField(default=False)

    def __str__(self):
        return self.domain


class TenantOwned(models.Model):
    """Base of every model whose rows belong to a tenant."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Client(models.Model):
    name = models.CharField(max_length=120)
    schema_name = models.CharField(max_length=63, unique=True)

    def __str__(self):
        return self.schema_name


class Domain(models.Model):
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)
    is_primary = models.BooleanField(default=False)

    def __str__(self):
        return self.domain
