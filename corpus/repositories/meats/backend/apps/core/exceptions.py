"""What a client sees of an error."""
import logging

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

log = logging.getLogger(__name__)


def handle(error, context):
    """DRF's answer where it has one; else a bare 500, with the details in the log only."""
    response = exception_handler(error, context)
    if response is None:
        log.exception("unexpected error in %s", context["view"].__class__.__name__)
        response = Response({"detail": "Internal error"}, status=status.HTTP_500_INTERNAL_SERVER_ERROR)
    return response
