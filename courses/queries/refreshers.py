"""Refresher cards of modules, parsed once per process: a version never changes."""

from functools import lru_cache

from courses.content.extras import Refresher, parse_refresher
from courses.content.fingerprint import Known
from courses.models import RefresherVersion
from portal.kit.stored_queries import StoredQuery


def newest_refresher(module_id: int) -> RefresherVersion | None:
    """Return the version that people meet who finish a module now, if it has cards."""
    return _NEWEST.first(module=module_id)


def refresher_of(version: RefresherVersion) -> Refresher:
    """Return the cards of a version; fetch it with `defer("content")`."""
    return _parsed(Known(version.content_sha256, version))


@lru_cache(maxsize=256)
def _parsed(known: Known[RefresherVersion]) -> Refresher:
    return parse_refresher(known.value.content)


_NEWEST = StoredQuery(
    lambda module: (
        RefresherVersion.objects.filter(module=module).defer("content").order_by("-number")[:1]
    )
)
