"""The site's settings, but for static files, which are not what gets hurt: no time to press them."""

from portal.settings import *  # noqa: F403
from portal.settings import STORAGES as _STORAGES

STORAGES = {
    **_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
