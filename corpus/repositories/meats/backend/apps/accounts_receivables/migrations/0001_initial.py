from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        ("customers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountsReceivable",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                (
                    "customer",
                    models.ForeignKey("customers.Customer", on_delete=django.db.models.deletion.PROTECT, related_name="receivables"),
                ),
                ("invoice_number", models.CharField(max_length=30)),
                ("amount", models.DecimalField(max_digits=12, decimal_places=2)),
                ("due_on", models.DateField()),
                ("paid_on", models.DateField(null=True, blank=True)),
            ],
            options={"ordering": ["due_on"]},
        ),
    ]
