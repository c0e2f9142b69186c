from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        ("sales_orders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                ("number", models.CharField(max_length=30)),
                (
                    "sales_order",
                    models.ForeignKey("sales_orders.SalesOrder", on_delete=django.db.models.deletion.PROTECT, related_name="invoices"),
                ),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField()),
                ("amount", models.DecimalField(max_digits=12, decimal_places=2)),
                ("status", models.CharField(max_length=12, default="open")),
            ],
            options={"ordering": ["-issued_on", "number"]},
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(fields=["tenant", "number"], name="invoices_number_unique"),
        ),
    ]
