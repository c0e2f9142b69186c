from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                ("code", models.CharField(max_length=40)),
                ("description", models.CharField(max_length=200)),
                ("protein", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=10, default="fresh")),
                ("package", models.CharField(max_length=40, blank=True)),
                ("unit_weight_lbs", models.DecimalField(max_digits=8, decimal_places=2, default=0)),
            ],
            options={"ordering": ["code"]},
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(fields=["tenant", "code"], name="products_code_unique"),
        ),
    ]
