"""The superuser and the tenant that it belongs to. May be run again and again."""
import os

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.tenants.models import Tenant, TenantUser


class Command(BaseCommand):
    help = "Creates or updates the superuser and the root tenant"

    @transaction.atomic
    def handle(self, *args, **options):
        self.stdout.write("Creating/updating superuser and root tenant...")
        name = os.environ.get("SUPERUSER_USERNAME")
        password = os.environ.get("SUPERUSER_PASSWORD")
        if not name or not password:
            raise CommandError("SUPERUSER_USERNAME and SUPERUSER_PASSWORD must be set")
        user, made = get_user_model().objects.get_or_create(
            username=name,
            defaults={"email": os.environ.get("SUPERUSER_EMAIL", ""), "is_staff": True, "is_superuser": True},
        )
        if made:
            user.set_password(password)
            user.save()
        self.stdout.write(f"✓ Superuser {'created' if made else 'exists'}: {name}")

        tenant, made = Tenant.objects.get_or_create(slug="root", defaults={"name": "Root"})
        TenantUser.objects.get_or_create(tenant=tenant, user=user, defaults={"role": TenantUser.OWNER})
        self.stdout.write(f"✓ Root tenant {'created' if made else 'exists'}: {tenant.slug}")
