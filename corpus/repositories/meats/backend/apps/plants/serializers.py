from rest_framework import serializers

from .models import Plant


class PlantSerializer(serializers.ModelSerializer):
    class Meta:
        model = Plant
        fields = [
            "id",
            "name",
            "establishment_number",
            "plant_type",
            "supplier",
            "city",
            "state",
            "capacity_lbs",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]
