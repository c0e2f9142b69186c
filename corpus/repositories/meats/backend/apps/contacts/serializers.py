from rest_framework import serializers

from .models import Contact


class ContactSerializer(serializers.ModelSerializer):
    class Meta:
        model = Contact
        fields = [
            "id",
            "first_name",
            "last_name",
            "email",
            "phone",
            "position",
            "supplier",
            "customer",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]
