from django.test import TestCase
from rest_framework.test import APIRequestFactory

from apps.core.exceptions import handle


class HealthTest(TestCase):
    def test_health(self):
        response = self.client.get("/api/v1/health/")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["status"], "healthy")

    def test_ready_needs_no_database(self):
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get("/api/v1/ready/").status_code, 200)


class ErrorHandlerTest(TestCase):
    def test_error_handler_hides_details(self):
        request = APIRequestFactory().get("/api/v1/plants/broken/")
        response = handle(RuntimeError("a secret"), {"view": self, "request": request})
        self.assertEqual(response.status_code, 500)
        self.assertNotIn("secret", str(response.data))
