"""The session itself: beginning, notes that nobody overwrites, what is agreed, and the end."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.models import record
from portal.coaching.actions.agenda import build_agenda
from portal.coaching.actions.mailing import mail_both
from portal.coaching.actions.scheduling import locked_session
from portal.coaching.errors import SessionClosed
from portal.coaching.mail_kinds import SUMMARY
from portal.coaching.models import ActionItem, FeedbackSession, PrivateNote, SessionState
from portal.kit.errors import NotAllowed, Refusal
from portal.people.models import User


class NoteChangedMeanwhile(Refusal):
    """The other one saved the shared note since this one was opened; nothing was changed."""

    def __init__(self, message: str, *, theirs: str, version: int) -> None:
        super().__init__(message)
        self.theirs, self.version = theirs, version


@transaction.atomic
def begin_session(session_id: uuid.UUID, *, by: User, at: datetime) -> FeedbackSession:
    """Begin, with an agenda that is up to date; safe to repeat.

    Raises:
        NotAllowed: only its lead begins a session.
        SessionClosed: it has no time, was held or called off.
    """
    session = _led_session(session_id, by=by)
    if not session.is_planned:
        raise SessionClosed(_("Only a planned session can begin."))
    if session.begun_at is None:
        build_agenda(session, at=at)
        session.begun_at = at
        session.save(update_fields=["begun_at"])
        record("began", session, by=by, at=at)
    return session


@transaction.atomic
def close_session(
    session_id: uuid.UUID, *, took_place: bool, by: User, at: datetime
) -> FeedbackSession:
    """Say that a session was held, which mails both a summary, or that it did not happen.

    Raises:
        NotAllowed: only its lead closes a session.
        SessionClosed: it was closed or called off before.
    """
    session = _led_session(session_id, by=by)
    if not session.is_planned:
        raise SessionClosed(_("This session was closed before."))
    session.state = SessionState.HELD if took_place else SessionState.MISSED
    session.held_at = at if took_place else None
    session.save(update_fields=["state", "held_at"])
    record("held" if took_place else "missed", session, by=by, at=at)
    if took_place:
        mail_both(session, SUMMARY, at=at)
    return session


@transaction.atomic
def save_shared_note(
    session_id: uuid.UUID, text: str, *, version: int, by: User, at: datetime
) -> FeedbackSession:
    """Save the note for both; `version` is the one that was opened.

    Raises:
        NoteChangedMeanwhile: with what the other one wrote; nothing was changed.
        SessionClosed: it has no time yet, did not happen or was called off.
    """
    session = _session_with_notes(session_id, by=by)
    if session.shared_note == text:
        return session
    if session.shared_note_version != version:
        name = session.other(by)
        raise NoteChangedMeanwhile(
            _("%(name)s changed this note since you opened it. Both texts are below.")
            % {"name": name.first_name},
            theirs=session.shared_note,
            version=session.shared_note_version,
        )
    session.shared_note = text
    session.shared_note_version += 1
    session.save(update_fields=["shared_note", "shared_note_version"])
    return session


@transaction.atomic
def save_private_note(session_id: uuid.UUID, text: str, *, by: User, at: datetime) -> None:
    """Save what somebody writes for themselves. Raises SessionClosed as `save_shared_note` does."""
    session = _session_with_notes(session_id, by=by)
    PrivateNote.objects.update_or_create(
        session=session, author=by, defaults={"text": text, "saved_at": at}
    )


@transaction.atomic
def save_reflection(session_id: uuid.UUID, text: str, *, by: User, at: datetime) -> None:
    """Save what the agent writes before the session, for both to read.

    Raises:
        NotAllowed: it is the agent's to write.
        SessionClosed: it was held or called off.
    """
    session = locked_session(session_id, by=by)
    if session.agent != by:
        raise NotAllowed(_("This is for the agent to write."))
    if not session.is_open:
        raise SessionClosed(_("This session is over, so what you wrote before it stays."))
    session.reflection = text
    session.save(update_fields=["reflection"])


@transaction.atomic
def agree_action(
    session_id: uuid.UUID, *, owner: User, words: str, due_on: date, by: User, at: datetime
) -> ActionItem:
    """Write down what one of the two will do, and until when.

    Raises:
        SessionClosed: it has no time yet, did not happen or was called off.
    """
    session = _session_with_notes(session_id, by=by)
    return ActionItem.objects.create(
        session=session, owner=owner, words=words, due_on=due_on, added_at=at
    )


@transaction.atomic
def settle_action(
    session_id: uuid.UUID, action_id: int, *, state: str, by: User, at: datetime
) -> None:
    """Mark an action as `done`, `dropped` together, or `open` again."""
    session = locked_session(session_id, by=by)
    session.actions.filter(pk=action_id).update(
        done_at=at if state == "done" else None,
        dropped_at=at if state == "dropped" else None,
    )


@transaction.atomic
def acknowledge_summary(
    session_id: uuid.UUID, *, words: str, usefulness: int | None = None, by: User, at: datetime
) -> None:
    """Let the agent say that they read the summary, with a word if they like; the last stands.

    `usefulness` (1 to 5, or None) is what the time was worth to them. Nobody reads it alone: see
    `queries.follow_up`.

    Raises:
        NotAllowed: it is the agent's to say.
        SessionClosed: the session was not held.
    """
    session = locked_session(session_id, by=by)
    if session.agent != by:
        raise NotAllowed(_("This is for the agent to say."))
    if session.state != SessionState.HELD:
        raise SessionClosed(_("There is a summary once the session was held."))
    session.acknowledged_at, session.acknowledge_words = at, words
    session.usefulness = usefulness
    session.save(update_fields=["acknowledged_at", "acknowledge_words", "usefulness"])
    record("acknowledged", session, by=by, at=at)


def _session_with_notes(session_id: uuid.UUID, *, by: User) -> FeedbackSession:
    session = locked_session(session_id, by=by)
    if not session.takes_notes:
        raise SessionClosed(_("There are notes for a session that has a time or was held."))
    return session


def _led_session(session_id: uuid.UUID, *, by: User) -> FeedbackSession:
    session = locked_session(session_id, by=by)
    if session.lead != by:
        raise NotAllowed(_("This is for the lead of the session to do."))
    return session
