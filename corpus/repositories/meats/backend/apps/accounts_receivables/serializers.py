from rest_framework import serializers

from .models import AccountsReceivable


class AccountsReceivableSerializer(serializers.ModelSerializer):
    class Meta:
        model = AccountsReceivable
        fields = [
            "id",
            "customer",
            "invoice_number",
            "amount",
            "due_on",
            "paid_on",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]
