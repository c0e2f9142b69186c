from django.contrib import admin

from .models import Supplier


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin):
    list_display = ["__str__", "tenant", "updated_at"]
    list_filter = ["tenant"]
