"""The agenda: built from evidence, then shaped by the two people."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.coaching.errors import SessionClosed
from portal.coaching.models import AgendaItem, AgendaKind, FeedbackSession
from portal.coaching.queries.agenda import ProposedLine, proposed_lines
from portal.people.models import User

_TOPIC_MINUTES = 5


def build_agenda(session: FeedbackSession, *, at: datetime) -> int:
    """Bring the agenda up to date with the evidence; return how many lines are new.

    A new line goes behind the last one of its kind or an earlier one, so that strengths stay
    first and people's own order stands. What no longer holds goes, such as a duty that was
    finished since. What somebody took off stays off. Safe to repeat: each piece of evidence has
    one key.
    """
    proposed = proposed_lines(session, now=at)
    lines = list(session.agenda.order_by("position", "pk"))
    fresh = {line.key: line for line in proposed}
    gone = [one.pk for one in lines if _no_longer_holds(one, fresh)]
    if gone:
        session.agenda.filter(pk__in=gone).delete()
    kept = [one for one in lines if one.pk not in gone]
    known = {one.key for one in kept}
    new = [_item(session, line, at) for line in proposed if line.key not in known]
    before = [(one.position, one.about, one.proof_path) for one in kept]
    for position, one in enumerate(_merged(kept, new), start=1):
        one.position = position
        if line := fresh.get(one.key):
            one.about, one.proof_path = line.about, line.proof_path
    changed = [
        one
        for one, was in zip(kept, before, strict=True)
        if (one.position, one.about, one.proof_path) != was
    ]
    AgendaItem.objects.bulk_update(changed, ["position", "about", "proof_path"])
    AgendaItem.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _no_longer_holds(one: AgendaItem, fresh: Mapping[str, ProposedLine]) -> bool:
    is_own = one.kind == AgendaKind.TOPIC
    return not is_own and one.removed_at is None and one.key not in fresh


def _item(session: FeedbackSession, line: ProposedLine, at: datetime) -> AgendaItem:
    return AgendaItem(
        session=session,
        kind=line.kind,
        key=line.key,
        about=line.about,
        proof_path=line.proof_path,
        skill=line.skill,
        minutes=line.minutes,
        added_at=at,
    )


def _merged(kept: list[AgendaItem], new: list[AgendaItem]) -> list[AgendaItem]:
    order, merged = list(AgendaKind), list(kept)
    for one in new:
        rank = order.index(AgendaKind(one.kind))
        behind = [
            place
            for place, other in enumerate(merged, start=1)
            if order.index(AgendaKind(other.kind)) <= rank
        ]
        merged.insert(max(behind, default=0), one)
    return merged


@transaction.atomic
def add_topic(session: FeedbackSession, *, words: str, by: User, at: datetime) -> AgendaItem:
    """Put something of somebody's own on the agenda.

    Raises:
        SessionClosed: it was held or called off; nothing was changed.
    """
    _lock_while_open(session)
    return AgendaItem.objects.create(
        session=session,
        kind=AgendaKind.TOPIC,
        key=f"topic:{uuid.uuid4()}",
        words=words,
        minutes=_TOPIC_MINUTES,
        position=_next_position(session),
        added_by=by,
        added_at=at,
    )


@transaction.atomic
def take_off(session: FeedbackSession, line_id: int, *, at: datetime) -> None:
    """Take a line off the agenda; it can be put back. Raises SessionClosed as `add_topic` does."""
    _lock_while_open(session)
    session.agenda.filter(pk=line_id, removed_at=None).update(removed_at=at)


@transaction.atomic
def put_back(session: FeedbackSession, line_id: int) -> None:
    """Put a line back that was taken off. Raises SessionClosed as `add_topic` does."""
    _lock_while_open(session)
    session.agenda.filter(pk=line_id).update(removed_at=None)


@transaction.atomic
def move_line(session: FeedbackSession, line_id: int, *, places: int) -> None:
    """Move a line up (negative) or down by some places among those that are shown.

    Raises:
        SessionClosed: it was held or called off; nothing was changed.
    """
    _lock_while_open(session)
    lines = list(session.agenda.shown())
    line = next((one for one in lines if one.pk == line_id), None)
    if line is None:
        return
    place = lines.index(line)
    lines.insert(max(0, place + places), lines.pop(place))
    for position, one in enumerate(lines, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(lines, ["position"])


def _lock_while_open(session: FeedbackSession) -> None:
    locked = FeedbackSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not locked.is_open:
        raise SessionClosed(_("This session is over, so its agenda stays as it was."))


def _next_position(session: FeedbackSession) -> int:
    last = AgendaItem.objects.filter(session=session).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
