"""Publishing programmes: each change is another version, and an earlier one stays as it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.actions.versions import next_version
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
    return next_version(programme.versions.all(), raw, by=by, at=at, programme=programme)
