"""Refresher cards of modules, parsed once per process: a version never changes."""

from functools import lru_cache
from typing import NamedTuple

from courses.content.extras import Refresher, parse_refresher
from courses.models import RefresherVersion
from portal.kit.stored_queries import StoredQuery


def newest_refresher(module_id: int) -> RefresherVersion | None:
    """Return the version that people meet who finish a module now, if it has cards."""
    return _NEWEST.first(module=module_id)


def refresher_of(version: RefresherVersion) -> Refresher:
    """Return the cards of a version; fetch it with `defer("content")`."""
    return _parsed(_Key(version.content_sha256, version))


class _Key(NamedTuple):
    """A version in the cache, known by its fingerprint: `version` itself is not compared."""

    fingerprint: str
    version: RefresherVersion

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.fingerprint == other.fingerprint


@lru_cache(maxsize=256)
def _parsed(key: _Key) -> Refresher:
    return parse_refresher(key.version.content)


_NEWEST = StoredQuery(
    lambda module: (
        RefresherVersion.objects.filter(module=module).defer("content").order_by("-number")[:1]
    )
)
