"""Publishing programmes: each change is another version, and an earlier one stays as it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.content.fingerprint import fingerprint
from courses.content.programme import parse_programme
from courses.models import Programme, ProgrammeVersion
from portal.people.models import User


@transaction.atomic
def publish_programme(
    slug: str, raw: Mapping[str, Any], *, by: User | None, at: datetime, is_tailored: bool = False
) -> ProgrammeVersion:
    """Publish what a programme says; the same words again give the version there is.

    Raises:
        ContentError: the programme cannot be used.
    """
    parsed = parse_programme(raw)
    programme, _is_new = Programme.objects.update_or_create(
        slug=slug,
        defaults={
            "title": parsed.title,
            "summary": parsed.summary,
            "is_tailored": is_tailored,
        },
    )
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    digest = fingerprint(raw, {})
    newest = programme.versions.order_by("-number").first()
    # An earlier release spelled digests otherwise; the words are the same all the same.
    if newest and (newest.content_sha256 == digest or newest.content == raw):
        return newest
    return ProgrammeVersion.objects.create(
        programme=programme,
        number=newest.number + 1 if newest else 1,
        content=raw,
        content_sha256=digest,
        published_by=by,
        published_at=at,
    )
