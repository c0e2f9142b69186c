from rest_framework import serializers

from .models import SalesOrder


class SalesOrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = SalesOrder
        fields = [
            "id",
            "number",
            "customer",
            "product",
            "purchase_order",
            "ordered_on",
            "deliver_on",
            "weight_lbs",
            "price_per_lb",
            "status",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]
