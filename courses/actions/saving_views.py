"""Keeping a filter of one's people under a name, and removing it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from courses.models import SavedView
from courses.queries.team import TeamFilter
from portal.kit.errors import Refusal
from portal.people.models import User


class NothingToKeep(Refusal):
    """The filter lets everybody through."""


class NameTaken(Refusal):
    """Another view of theirs has this name."""


def save_view(name: str, wanted: TeamFilter, *, by: User, at: datetime) -> SavedView:
    """Keep a filter under a name.

    Raises:
        NothingToKeep: it lets everybody through.
        NameTaken: another view of theirs has this name.
    """
    if wanted == TeamFilter():
        raise NothingToKeep(_("Filter the list first. Then you can save what you see."))
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                owner=by,
                name=name,
                text=wanted.text,
                team=wanted.team,
                tag=wanted.tag,
                state=wanted.state or "",
                saved_at=at,
            )
    except IntegrityError:
        raise NameTaken(_("You have a view of this name. Choose another one.")) from None


def remove_view(view: SavedView, *, at: datetime) -> None:
    """Take a view off its owner's list; what uses it goes on. Safe to repeat."""
    SavedView.objects.kept().filter(pk=view.pk).update(removed_at=at)
