"""Attune: the site, and the small apps that every other app leans on."""

from contextlib import suppress

# Tasks bind to this application wherever they are called from. On a bare machine `manage.py`
# passes here before anything is installed.
with suppress(ModuleNotFoundError):
    from portal.celery import app as celery_app  # noqa: F401  (Celery finds it by this name)
