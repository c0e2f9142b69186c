from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        ("suppliers", "0001_initial"),
        ("plants", "0001_initial"),
        ("carriers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PurchaseOrder",
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
                    "supplier",
                    models.ForeignKey("suppliers.Supplier", on_delete=django.db.models.deletion.PROTECT, related_name="purchase_orders"),
                ),
                (
                    "plant",
                    models.ForeignKey("plants.Plant", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="purchase_orders"),
                ),
                (
                    "carrier",
                    models.ForeignKey("carriers.Carrier", null=True, blank=True, on_delete=django.db.models.deletion.SET_NULL, related_name="purchase_orders"),
                ),
                ("ordered_on", models.DateField()),
                ("pick_up_on", models.DateField(null=True, blank=True)),
                ("weight_lbs", models.DecimalField(max_digits=12, decimal_places=2, default=0)),
                ("amount", models.DecimalField(max_digits=12, decimal_places=2, default=0)),
                ("status", models.CharField(max_length=12, default="draft")),
            ],
            options={"ordering": ["-ordered_on", "number"]},
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.UniqueConstraint(fields=["tenant", "number"], name="purchase_orders_number_unique"),
        ),
    ]
