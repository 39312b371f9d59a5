"""The agenda: built from evidence, then shaped by the two people."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.coaching.errors import SessionClosed
from portal.coaching.models import AgendaItem, AgendaKind, FeedbackSession
from portal.coaching.queries.agenda import proposed_lines
from portal.people.models import User

_TOPIC_MINUTES = 5


def build_agenda(session: FeedbackSession, *, at: datetime) -> int:
    """Add what the evidence suggests and is not there yet; return how many lines were new.

    What somebody took off stays off. Safe to repeat: each piece of evidence has one key.
    """
    first = _next_position(session)
    known = set(AgendaItem.objects.filter(session=session).values_list("key", flat=True))
    new = [line for line in proposed_lines(session, now=at) if line.key not in known]
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                session=session,
                kind=line.kind,
                key=line.key,
                about=line.about,
                proof_path=line.proof_path,
                skill=line.skill,
                minutes=line.minutes,
                position=position,
                added_at=at,
            )
            for position, line in enumerate(new, start=first)
        ],
        ignore_conflicts=True,
    )
    return len(new)


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
