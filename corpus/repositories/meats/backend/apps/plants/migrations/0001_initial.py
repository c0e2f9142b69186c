from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        ("suppliers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                ("name", models.CharField(max_length=200)),
                ("establishment_number", models.CharField(max_length=20)),
                ("plant_type", models.CharField(max_length=20, default="processing")),
                (
                    "supplier",
                    models.ForeignKey("suppliers.Supplier", null=True, blank=True, on_delete=django.db.models.deletion.SET_NULL, related_name="plants"),
                ),
                ("city", models.CharField(max_length=80, blank=True)),
                ("state", models.CharField(max_length=2, blank=True)),
                ("capacity_lbs", models.PositiveIntegerField(default=0)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.AddConstraint(
            model_name="plant",
            constraint=models.UniqueConstraint(fields=["tenant", "establishment_number"], name="plants_establishment_number_unique"),
        ),
    ]
