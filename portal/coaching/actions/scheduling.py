"""Asking for a session, giving it a time, moving it, answering it and calling it off."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.audit.models import record
from portal.coaching.actions.agenda import add_topic, build_agenda
from portal.coaching.actions.mailing import mail_both, mail_one, tell_host
from portal.coaching.errors import SessionClosed, TimeTaken
from portal.coaching.mail_kinds import CANCELLED, INVITATION
from portal.coaching.models import FeedbackSession, InvitationAnswer, SessionKind, SessionState
from portal.kit.errors import NotAllowed
from portal.people.models import User
from portal.people.queries.scope import leads_of


@dataclass(frozen=True)
class Meeting:
    """When and where two people meet. `starts_at` is in UTC."""

    starts_at: datetime
    minutes: int
    place: str = ""
    video_link: str = ""
    word: str = ""

    @property
    def ends_at(self) -> datetime:
        """When it is meant to end."""
        return self.starts_at + timedelta(minutes=self.minutes)


@transaction.atomic
def ask_for_session(*, lead: User, topic: str, by: User, at: datetime) -> FeedbackSession:
    """Let an agent ask one of their leads for a session, with something to talk about.

    An open wish to the same lead gets the topic instead of a second row.
    """
    wishes = FeedbackSession.objects.filter(lead=lead, agent=by, state=SessionState.ASKED)
    session = wishes.select_for_update(of=("self",)).first()
    if session is None:
        session = FeedbackSession.objects.create(
            lead=lead, agent=by, state=SessionState.ASKED, asked_at=at
        )
        record("asked for", session, by=by, at=at)
        tell_host(session, "asked", at=at)
    add_topic(session, words=topic, by=by, at=at)
    return session


@transaction.atomic
def plan_session(
    meeting: Meeting,
    *,
    agent: User,
    by: User,
    at: datetime,
    kind: SessionKind = SessionKind.LEAD,
) -> FeedbackSession:
    """Plan a session of a lead or peer (`by`) with somebody, build its agenda and invite both.

    A wish of the agent that waits for this lead becomes this session.

    Raises:
        TimeTaken: one of the two has another session then; nothing was changed.
    """
    wishes = FeedbackSession.objects.filter(lead=by, agent=agent, state=SessionState.ASKED)
    session = wishes.select_for_update(of=("self",)).first()
    session = session or FeedbackSession(lead=by, agent=agent)
    session.state, session.kind = SessionState.PLANNED, kind
    _set_time(session, meeting, at=at)
    build_agenda(session, at=at)
    record("planned", session, by=by, at=at, starts_at=meeting.starts_at.isoformat())
    mail_both(session, INVITATION, at=at)
    return session


@transaction.atomic
def move_session(
    session_id: uuid.UUID, meeting: Meeting, *, by: User, at: datetime
) -> FeedbackSession:
    """Give a planned session another time or place and tell both; the same again tells nobody.

    Raises:
        SessionClosed, TimeTaken: nothing was changed.
    """
    session = locked_session(session_id, by=by)
    _refuse_unless_planned(session)
    if _is_as_it_was(session, meeting):
        return session
    session.sequence += 1
    _ask_again(session)
    session.reminded_day_at = session.reminded_hour_at = None
    _set_time(session, meeting, at=at)
    record("moved", session, by=by, at=at, starts_at=meeting.starts_at.isoformat())
    mail_both(session, INVITATION, at=at)
    return session


@transaction.atomic
def cancel_session(session_id: uuid.UUID, *, words: str, by: User, at: datetime) -> FeedbackSession:
    """Call a session off, or take back that one asked for it, and tell both; safe to repeat.

    Raises:
        SessionClosed: it was held already.
    """
    session = locked_session(session_id, by=by)
    if session.state == SessionState.CANCELLED:
        return session
    if not session.is_open:
        raise SessionClosed(_("This session is over, so it can’t be called off."))
    was_planned = session.is_planned
    session.state = SessionState.CANCELLED
    session.sequence += 1
    session.cancelled_at, session.cancelled_by, session.cancel_words = at, by, words
    session.save()
    record("cancelled", session, by=by, at=at)
    if was_planned:
        mail_both(session, CANCELLED, at=at)
    return session


@transaction.atomic
def answer_invitation(
    session_id: uuid.UUID,
    answer: InvitationAnswer,
    *,
    words: str,
    proposed_at: datetime | None = None,
    by: User,
    at: datetime,
) -> FeedbackSession:
    """Write down what the agent says to the invitation; the last answer stands.

    The lead hears by mail of a no and of a wish for another time (`proposed_at`, if it is exact).

    Raises:
        FeedbackSession.DoesNotExist: it is not theirs to answer.
        SessionClosed: nothing was changed.
    """
    sessions = FeedbackSession.objects.select_for_update(of=("self",)).filter(agent=by)
    session = sessions.select_related("lead", "agent").get(pk=session_id)
    _refuse_unless_planned(session)
    session.answer, session.answer_words, session.answered_at = answer, words, at
    session.proposed_at = proposed_at
    session.save(update_fields=["answer", "answer_words", "answered_at", "proposed_at"])
    record("answered", session, by=by, at=at, answer=str(answer))
    if answer in (InvitationAnswer.DECLINED, InvitationAnswer.ANOTHER_TIME):
        tell_host(session, str(answer), at=at)
    return session


@transaction.atomic
def hand_over_session(
    session_id: uuid.UUID, *, to: User, by: User, at: datetime
) -> FeedbackSession:
    """Give a session to another lead of its agent, and tell all three.

    The agenda is made anew: what was agreed with the first lead stays between those two. So do
    private notes, which their author alone can read.

    Raises:
        NotAllowed: only the lead who has it hands it over, to another lead of the agent.
        SessionClosed, TimeTaken: nothing was changed.
    """
    session = locked_session(session_id, by=by)
    if session.lead != by or session.is_between_peers:
        raise NotAllowed(_("Only the lead of a session hands it over."))
    if not leads_of(session.agent).exclude(pk=by.pk).filter(pk=to.pk).exists():
        raise NotAllowed(_("Only another lead of this person can take the session."))
    if not session.is_open or session.begun_at:
        raise SessionClosed(_("This session has begun or is over, so it stays with you."))
    session.lead, session.series = to, None
    session.sequence += 1
    _ask_again(session)
    _save_time(session)
    build_agenda(session, at=at)
    record("handed over", session, by=by, at=at, to=to.pk)
    if session.is_planned:
        mail_both(session, INVITATION, at=at, which=":handed")
        mail_one(session, CANCELLED, to=by, at=at, which=":handed")
    else:
        tell_host(session, "asked", at=at)
    return session


def locked_session(session_id: uuid.UUID, *, by: User) -> FeedbackSession:
    """Return a session of somebody's own, locked until the transaction ends.

    Raises:
        FeedbackSession.DoesNotExist: there is none, or it is not theirs.
    """
    sessions = FeedbackSession.objects.select_for_update(of=("self",)).of(by)
    return sessions.select_related("lead", "agent").get(pk=session_id)


def _set_time(session: FeedbackSession, meeting: Meeting, *, at: datetime) -> None:
    session.planned_at = at
    session.starts_at, session.ends_at = meeting.starts_at, meeting.ends_at
    session.place, session.video_link = meeting.place, meeting.video_link
    session.word = meeting.word
    _save_time(session)


def _ask_again(session: FeedbackSession) -> None:
    session.answer, session.answer_words, session.answered_at = InvitationAnswer.OPEN, "", None
    session.proposed_at = None


def _save_time(session: FeedbackSession) -> None:
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if "one_at_a_time" not in str(error):
            raise
        who = {"name": session.lead.first_name, "other": session.agent.first_name}
        raise TimeTaken(
            _("%(name)s or %(other)s has another session at that time. Choose another.") % who
        ) from None


def _refuse_unless_planned(session: FeedbackSession) -> None:
    if not session.is_planned:
        raise SessionClosed(_("This session is over or was called off, so nothing was changed."))


def _is_as_it_was(session: FeedbackSession, meeting: Meeting) -> bool:
    return (session.starts_at, session.ends_at, session.place, session.video_link) == (
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.video_link,
    )
