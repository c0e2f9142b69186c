"""The tenant of the public schema, for the models of the time before tenants shared one schema."""
from django.core.management.base import BaseCommand
from django.db import transaction

from apps.tenants.models import Client, Domain


class Command(BaseCommand):
    help = "Creates the public tenant and its domain, if they do not exist"

    def add_arguments(self, parser):
        parser.add_argument("--domain", required=True, help="host name that leads to the public tenant")

    @transaction.atomic
    def handle(self, *args, **options):
        client, made = Client.objects.get_or_create(schema_name="public", defaults={"name": "Public"})
        self.stdout.write(f"✓ Public tenant {'created' if made else 'exists'}")
        domain, made = Domain.objects.get_or_create(
            domain=options["domain"], defaults={"client": client, "is_primary": True}
        )
        self.stdout.write(f"✓ Domain {'created' if made else 'exists'}: {domain.domain}")
