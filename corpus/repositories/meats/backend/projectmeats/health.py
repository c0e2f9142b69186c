"""Answers for monitors and deploys. No login, no tenant."""
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


@require_safe
def health(request):
    """200 if the application and its database answer, 503 if the database does not."""
    healthy = database_answers()
    body = {"status": "healthy" if healthy else "unhealthy", "database": "healthy" if healthy else "unreachable"}
    return JsonResponse(body, status=200 if healthy else 503)


@require_safe
def ready(request):
    """200 as soon as requests are answered at all."""
    return JsonResponse({"status": "ready"})
