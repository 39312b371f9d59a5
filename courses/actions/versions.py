"""The next version of something published; the same words again give the one there is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from courses.content.fingerprint import fingerprint
from courses.models import PublishedVersion
from portal.people.models import User

V = TypeVar("V", bound=PublishedVersion)


def next_version(
    versions: QuerySet[V], raw: Mapping[str, Any], *, by: User | None, at: datetime, **of: Any
) -> V:
    """Publish `raw` as the next of `versions`, unless the newest says the same; `of` is whose.

    Lock what they are versions of before: the number is the next only as long as nobody else
    counts.
    """
    digest = fingerprint(raw, {})
    newest = versions.order_by("-number").first()
    # Some digests were spelled otherwise by an earlier release; then the words decide.
    if newest and (newest.content_sha256 == digest or newest.content == raw):
        return newest
    return versions.create(
        number=newest.number + 1 if newest else 1,
        content=raw,
        content_sha256=digest,
        published_by=by,
        published_at=at,
        **of,
    )
