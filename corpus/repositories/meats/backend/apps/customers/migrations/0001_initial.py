from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                ("name", models.CharField(max_length=200)),
                ("contact_person", models.CharField(max_length=120, blank=True)),
                ("email", models.EmailField(blank=True)),
                ("phone", models.CharField(max_length=40, blank=True)),
                ("industry", models.CharField(max_length=60, blank=True)),
                ("credit_limit", models.DecimalField(max_digits=12, decimal_places=2, default=0)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.UniqueConstraint(fields=["tenant", "name"], name="customers_name_unique"),
        ),
    ]
