"""A developer's own machine."""
from .base import *  # noqa: F401,F403

DEBUG = True
SECRET_KEY = "only-for-development"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "backend"]

CORS_ALLOWED_ORIGINS = ["http://localhost:3000"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STATICFILES_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
