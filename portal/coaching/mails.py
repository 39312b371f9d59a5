"""The mails about sessions: invitation, move, cancellation, reminder and summary."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.coaching.agenda_words import words_of
from portal.coaching.calendar_entry import CalendarEntry, CalendarMethod, Guest
from portal.coaching.mail_kinds import (
    CALIBRATION,
    CANCELLED,
    INVITATION,
    NEWS,
    REMINDER,
    SUMMARY,
)
from portal.coaching.models import (
    CalibrationSeat,
    FeedbackSession,
    InvitationAnswer,
    SessionState,
)
from portal.coaching.reply_links import reply_path
from portal.kit.wording import clock_span, moment, weekday_date, zone_name
from portal.notifications.kinds import CalendarPart, Dropped, MailKind, Message, register
from portal.notifications.links import site_host, site_link
from portal.notifications.models import OutgoingEmail
from portal.people.models import User

HANDED = "handed"


def register_mails() -> None:
    """Make them known. A second invitation harms nobody: calendars know it by its UID."""
    register(
        MailKind(
            name=INVITATION,
            label=gettext_lazy("Feedback session"),
            about=gettext_lazy("When a feedback session with you is planned or moved."),
            compose=compose_invitation,
            may_repeat_when_unknown=True,
        )
    )
    register(
        MailKind(
            name=CANCELLED,
            label=gettext_lazy("Feedback session called off"),
            about=gettext_lazy("When a feedback session with you is called off."),
            compose=compose_cancellation,
            may_repeat_when_unknown=True,
        )
    )
    register(
        MailKind(
            name=NEWS,
            label=gettext_lazy("News about a session"),
            about=gettext_lazy(
                "When somebody asks you for a session, or can’t come at the time you planned."
            ),
            compose=compose_news,
            is_optional=True,
        )
    )
    register(
        MailKind(
            name=CALIBRATION,
            label=gettext_lazy("Calibration round"),
            about=gettext_lazy(
                "When you are asked to rate a transcript together with other leads."
            ),
            compose=compose_calibration,
            is_optional=True,
        )
    )
    register(
        MailKind(
            name=REMINDER,
            label=gettext_lazy("Session reminder"),
            about=gettext_lazy("A day and an hour before a feedback session."),
            compose=compose_reminder,
            is_optional=True,
        )
    )
    register(
        MailKind(
            name=SUMMARY,
            label=gettext_lazy("Session summary"),
            about=gettext_lazy("After a feedback session, with what you agreed."),
            compose=compose_summary,
            is_optional=True,
        )
    )


def compose_calibration(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Ask somebody to rate a transcript; dropped once they did, or once the ratings are shown."""
    seats = CalibrationSeat.objects.filter(round=email.params["round"], rater=email.recipient)
    seat = seats.select_related("round__host").first()
    if seat is None or seat.rated_at or seat.round.shown_at:
        return Dropped(_("They rated already, or the round is closed."))
    url = site_link("coaching:calibration", seat.round_id)
    return Message(CALIBRATION, {"round": seat.round, "url": url}, reply_to=seat.round.host.email)


def compose_invitation(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Invite somebody, or tell them of the new time; dropped when it changed again since."""
    session = _session(email)
    if not session.is_planned:
        return Dropped(_("The session was called off or is over."))
    if session.sequence != email.params["sequence"]:
        return Dropped(_("The session was moved again; a newer mail says when."))
    entry = _entry(session, email, at, CalendarMethod.REQUEST)
    return Message(
        INVITATION,
        _context(
            session,
            _reader(email),
            is_move=session.sequence > 0,
            is_handed=email.params["which"] == HANDED,
            reply_url=f"{settings.SITE_URL}{reply_path(session, _reader(email))}",
        ),
        reply_to=_other(session, email).email,
        calendar=CalendarPart(entry.method, entry.as_text()),
    )


def compose_cancellation(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody that a session was called off, and take it out of their calendar."""
    session = _session(email)
    entry = _entry(session, email, at, CalendarMethod.CANCEL)
    is_handed = email.params["which"] == HANDED
    return Message(
        CANCELLED,
        _context(session, _reader(email), by=session.cancelled_by, is_handed=is_handed),
        reply_to=_other(session, email).email,
        calendar=CalendarPart(entry.method, entry.as_text()),
    )


def compose_news(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell the host what the other one wants; dropped once it is settled or said differently."""
    session, what = _session(email), email.params["which"].partition(":")[0]
    if session.lead != email.recipient:
        return Dropped(_("Somebody else has the session now."))
    if what == "asked":
        if session.state != SessionState.ASKED:
            return Dropped(_("The session has a time already, or is off."))
    elif not session.is_planned or session.answer != what:
        return Dropped(_("The answer has changed, or the session was moved or called off."))
    proposed = session.proposed_at and moment(timezone.localtime(session.proposed_at))
    about = {"session": session, "other": session.agent, "what": what, "proposed": proposed or ""}
    url = site_link("coaching:session", session.pk)
    return Message(NEWS, {**about, "url": url}, reply_to=session.agent.email)


def compose_reminder(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Remind somebody, unless it was moved, called off, declined by the agent, or has begun."""
    session = _session(email)
    if not session.is_planned or session.sequence != email.params["sequence"]:
        return Dropped(_("The session was moved or called off."))
    if session.starts_at is None or session.starts_at <= at:
        return Dropped(_("The session has begun already."))
    if session.answer == InvitationAnswer.DECLINED:
        return Dropped(_("The invitation was declined."))
    is_near = email.params["which"] == "hour"
    return Message(
        REMINDER,
        _context(session, _reader(email), is_near=is_near),
        reply_to=_other(session, email).email,
    )


def compose_summary(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Say what was agreed; notes and evidence stay on the page, where only the two can read."""
    session = _session(email)
    if session.state != SessionState.HELD:
        return Dropped(_("The session was not held."))
    actions = list(session.actions.open().select_related("owner"))
    return Message(
        SUMMARY,
        _context(session, _reader(email), actions=actions),
        reply_to=_other(session, email).email,
    )


def _session(email: OutgoingEmail) -> FeedbackSession:
    sessions = FeedbackSession.objects.select_related("lead", "agent", "cancelled_by")
    return sessions.get(pk=email.params["session"])


def _reader(email: OutgoingEmail) -> User:
    assert email.recipient is not None
    return email.recipient


def _other(session: FeedbackSession, email: OutgoingEmail) -> User:
    return _other_of(session, _reader(email))


def _other_of(session: FeedbackSession, reader: User) -> User:
    """Return whom a reader meets, or was to meet before the session was handed over."""
    return session.lead if reader == session.agent else session.agent


def _context(session: FeedbackSession, reader: User, **more: Any) -> dict[str, Any]:
    """Return what the templates need; times are in the reader's zone, which is active here."""
    assert session.starts_at is not None
    assert session.ends_at is not None
    starts_at = timezone.localtime(session.starts_at)
    agenda = session.agenda.shown().select_related("added_by")
    return {
        "session": session,
        "other": _other_of(session, reader),
        "is_lead": reader == session.lead,
        "day": weekday_date(starts_at.date()),
        "span": clock_span(starts_at, timezone.localtime(session.ends_at)),
        "zone": zone_name(starts_at),
        "where": _where(session),
        "agenda": [words_of(item).for_mail for item in agenda],
        "url": site_link("coaching:session", session.pk),
        **more,
    }


def _where(session: FeedbackSession) -> str:
    return " · ".join(filter(None, (session.place, session.video_link)))


def _entry(
    session: FeedbackSession, email: OutgoingEmail, at: datetime, method: CalendarMethod
) -> CalendarEntry:
    assert session.starts_at is not None
    assert session.ends_at is not None
    reader, url = _reader(email), site_link("coaching:session", session.pk)
    agent = session.agent
    lead = session.lead if reader in (session.lead, agent) else reader  # it was handed over
    return CalendarEntry(
        method=method,
        uid=f"session-{session.pk}@{site_host()}",
        sequence=session.sequence,
        title=_("Feedback session with %(name)s") % {"name": _other_of(session, reader)},
        description=_("Agenda and answer: %(url)s") % {"url": url},
        place=_where(session),
        url=url,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=reader.time_zone,
        stamped_at=at.replace(microsecond=0),
        organizer=Guest(lead.name, lead.email),
        guests=(
            Guest(lead.name, lead.email, has_accepted=True),
            Guest(agent.name, agent.email, session.answer == InvitationAnswer.ACCEPTED),
        ),
    )
