from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Supplier",
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
                ("city", models.CharField(max_length=80, blank=True)),
                ("state", models.CharField(max_length=2, blank=True)),
                ("payment_terms", models.CharField(max_length=20, default="NET30")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.AddConstraint(
            model_name="supplier",
            constraint=models.UniqueConstraint(fields=["tenant", "name"], name="suppliers_name_unique"),
        ),
    ]
