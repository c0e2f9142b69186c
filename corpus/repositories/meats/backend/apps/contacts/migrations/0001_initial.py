from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        ("suppliers", "0001_initial"),
        ("customers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                ("first_name", models.CharField(max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("email", models.EmailField(blank=True)),
                ("phone", models.CharField(max_length=40, blank=True)),
                ("position", models.CharField(max_length=80, blank=True)),
                (
                    "supplier",
                    models.ForeignKey("suppliers.Supplier", null=True, blank=True, on_delete=django.db.models.deletion.CASCADE, related_name="contacts"),
                ),
                (
                    "customer",
                    models.ForeignKey("customers.Customer", null=True, blank=True, on_delete=django.db.models.deletion.CASCADE, related_name="contacts"),
                ),
            ],
            options={"ordering": ["last_name", "first_name"]},
        ),
    ]
