"""The site's settings, but for static files: pressing them takes time, and they cannot be hurt."""

from portal.settings import *  # noqa: F403  (all but what follows)
from portal.settings import STORAGES as _STORAGES

STORAGES = {
    **_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
