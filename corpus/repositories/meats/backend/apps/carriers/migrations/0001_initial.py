from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Carrier",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "tenant",
                    models.ForeignKey("tenants.Tenant", on_delete=django.db.models.deletion.CASCADE, related_name="+"),
                ),
                ("name", models.CharField(max_length=200)),
                ("code", models.CharField(max_length=12)),
                ("mc_number", models.CharField(max_length=12, blank=True)),
                ("refrigerated", models.BooleanField(default=True)),
                ("insured_until", models.DateField(null=True, blank=True)),
                ("phone", models.CharField(max_length=40, blank=True)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.AddConstraint(
            model_name="carrier",
            constraint=models.UniqueConstraint(fields=["tenant", "code"], name="carriers_code_unique"),
        ),
    ]
