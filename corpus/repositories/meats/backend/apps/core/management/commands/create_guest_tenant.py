"""A tenant for people who only want to look. May be run again and again."""
from django.core.management.base import BaseCommand
from django.db import transaction

from apps.suppliers.models import Supplier
from apps.tenants.models import Tenant

DEMO_SUPPLIERS = ["Prairie Beef", "Hill Farm Pork", "Lakeside Poultry"]


class Command(BaseCommand):
    help = "Creates or updates the guest tenant"

    def add_arguments(self, parser):
        parser.add_argument("--with-demo-data", action="store_true", help="also create a few suppliers")

    @transaction.atomic
    def handle(self, *args, **options):
        self.stdout.write("Creating/updating guest tenant...")
        tenant, made = Tenant.objects.get_or_create(slug="guest-demo", defaults={"name": "Guest", "is_trial": True})
        self.stdout.write(f"✓ Guest tenant {'created' if made else 'exists'}: {tenant.slug}")
        if options["with_demo_data"]:
            for name in DEMO_SUPPLIERS:
                Supplier.objects.get_or_create(tenant=tenant, name=name)
            self.stdout.write(f"✓ Demo data: {len(DEMO_SUPPLIERS)} suppliers")
