"""Writing a programme on its page, changing it, and taking it off the list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.programmes import publish_programme
from courses.models import Programme, ProgrammeVersion
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User


class ProgrammeHasChanged(Refusal):
    """Somebody published another version in the meantime."""


@transaction.atomic
def write_programme(raw: Mapping[str, Any], *, by: User, at: datetime) -> ProgrammeVersion:
    """Publish a programme that somebody wrote here; every lead can give it from now on.

    Raises:
        ContentError: the programme cannot be used.
    """
    slug = f"own-{uuid4().hex[:12]}"
    version = publish_programme(slug, raw, by=by, at=at)
    programme = version.programme
    programme.written_by = by
    programme.save(update_fields=["written_by"])
    record("wrote programme", programme, by=by, at=at, version=version.number)
    return version


@transaction.atomic
def reword_programme(
    programme: Programme, raw: Mapping[str, Any], *, based_on: int, by: User, at: datetime
) -> ProgrammeVersion:
    """Publish another version; who has the programme already keeps the version they were given.

    `based_on` is the number of the version that was changed.

    Raises:
        ContentError: the programme cannot be used.
        ProgrammeHasChanged: there is a newer version than that.
    """
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    newest = locked.versions.order_by("-number").values_list("number", flat=True).first()
    if newest != based_on:
        raise ProgrammeHasChanged(
            _("Somebody changed it in the meantime. Copy your words, and open the page again.")
        )
    version = publish_programme(locked.slug, raw, by=by, at=at)
    if version.number != based_on:
        record("changed programme", locked, by=by, at=at, version=version.number)
    return version


@transaction.atomic
def archive_programme(programme: Programme, *, by: User, at: datetime) -> None:
    """Take a programme off the list; who has it keeps it. Safe to repeat."""
    found = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if found.archived_at is None:
        found.archived_at = at
        found.save(update_fields=["archived_at"])
        record("archived programme", found, by=by, at=at)
