from django.contrib import admin

from .models import Product


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["__str__", "tenant", "updated_at"]
    list_filter = ["tenant"]
