from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        ("customers", "0001_initial"),
        ("products", "0001_initial"),
        ("purchase_orders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SalesOrder",
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
                    "customer",
                    models.ForeignKey("customers.Customer", on_delete=django.db.models.deletion.PROTECT, related_name="sales_orders"),
                ),
                (
                    "product",
                    models.ForeignKey("products.Product", on_delete=django.db.models.deletion.PROTECT, related_name="sales_orders"),
                ),
                (
                    "purchase_order",
                    models.ForeignKey("purchase_orders.PurchaseOrder", null=True, blank=True, on_delete=django.db.models.deletion.SET_NULL, related_name="sales_orders"),
                ),
                ("ordered_on", models.DateField()),
                ("deliver_on", models.DateField(null=True, blank=True)),
                ("weight_lbs", models.DecimalField(max_digits=12, decimal_places=2, default=0)),
                ("price_per_lb", models.DecimalField(max_digits=8, decimal_places=4, default=0)),
                ("status", models.CharField(max_length=12, default="open")),
            ],
            options={"ordering": ["-ordered_on", "number"]},
        ),
        migrations.AddConstraint(
            model_name="salesorder",
            constraint=models.UniqueConstraint(fields=["tenant", "number"], name="sales_orders_number_unique"),
        ),
    ]
