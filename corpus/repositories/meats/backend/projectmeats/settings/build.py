"""For collectstatic while the image is built: no server, no secrets."""
from .base import *  # noqa: F401,F403

DEBUG = False
SECRET_KEY = "only-for-the-build"
ALLOWED_HOSTS = []
