"""Saving one piece of a draft, or its settings, beside whatever others change in the rest of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.drafting import change_draft
from courses.content.editing import PieceIsGone, piece_of, with_new_piece, with_piece
from courses.content.fingerprint import fingerprint
from courses.models import Activity
from portal.kit.errors import Refusal
from portal.people.models import User

GONE = "gone"


class PieceChangedMeanwhile(Refusal):
    """Somebody saved the very same piece since it was opened; nothing was changed.

    `theirs` is what they saved, empty where they took it out; with `base` a save replaces it.
    """

    def __init__(self, activity: Activity, theirs: Mapping[str, Any], base: str) -> None:
        name = Activity.objects.select_related("draft_saved_by").get(pk=activity.pk).draft_saved_by
        said = (
            _("%(name)s saved this since you opened it. Both are here.")
            if theirs
            else _("%(name)s took this out since you opened it. Yours is still here.")
        )
        super().__init__(said % {"name": name or _("Somebody")})
        self.theirs = theirs
        self.base = base


@transaction.atomic
def replace_piece(
    activity: Activity, piece: Mapping[str, Any], *, base: str, by: User, at: datetime
) -> Activity:
    """Save one block or item; `base` is the fingerprint that it had when it was opened.

    Raises:
        PieceChangedMeanwhile: nothing was changed.
    """

    def change(raw: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            now_there = piece_of(activity.kind, raw, piece["id"])
        except PieceIsGone:
            if base != GONE:
                raise PieceChangedMeanwhile(activity, {}, GONE) from None
            return with_new_piece(activity.kind, raw, piece)
        if now_there != piece and fingerprint(now_there, {}) != base:
            raise PieceChangedMeanwhile(activity, now_there, fingerprint(now_there, {}))
        return with_piece(activity.kind, raw, piece)

    return change_draft(activity, change, by=by, at=at)


@transaction.atomic
def replace_settings(
    activity: Activity,
    fields: Mapping[str, Any],
    names: Sequence[str],
    *,
    base: str,
    by: User,
    at: datetime,
) -> Activity:
    """Save the fields with these names, and leave all others as they are by now.

    Raises:
        PieceChangedMeanwhile: nothing was changed.
    """

    def change(raw: Mapping[str, Any]) -> Mapping[str, Any]:
        now_there = {name: raw.get(name) for name in names}
        mine = {name: fields.get(name) for name in names}
        found = fingerprint(now_there, {})
        if now_there != mine and found != base:
            theirs = {name: value for name, value in now_there.items() if value is not None}
            raise PieceChangedMeanwhile(activity, theirs, found)
        others = {name: value for name, value in raw.items() if name not in names}
        return others | {name: value for name, value in mine.items() if value is not None}

    return change_draft(activity, change, by=by, at=at)
