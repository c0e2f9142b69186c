"""One module an environment: development, test, staging, production; `build` is for the image's static files.

DJANGO_SETTINGS_MODULE names it. All of them begin with `from .base import *`.
"""
