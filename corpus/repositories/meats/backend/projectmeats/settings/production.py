"""meatscentral.com. Every value that differs between servers comes from the environment file of the deploy."""
import os

from .base import *  # noqa: F401,F403

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]

# Comma-separated. The file is a secret of the repository (PROD_BACKEND_ENV), so the hosts are not written down here.
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")

CSRF_TRUSTED_ORIGINS = ["https://meatscentral.com"]
CORS_ALLOWED_ORIGINS = CSRF_TRUSTED_ORIGINS

# nginx ends TLS and says in this header what the browser used.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SESSION_COOKIE_SECURE = True

# The token stands in the session, so that no script of the page can read it from a cookie.
CSRF_USE_SESSIONS = True
CSRF_COOKIE_SECURE = True
