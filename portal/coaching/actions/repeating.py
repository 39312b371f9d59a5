"""Sessions that come back: begin a series, plan its next ones in good time, end it."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.models import record
from portal.coaching.actions.scheduling import Meeting, locked_session, plan_session
from portal.coaching.errors import TimeTaken
from portal.coaching.models import FeedbackSession, SessionKind, SessionSeries
from portal.coaching.queries.people import kind_of_meeting, people_to_meet
from portal.kit.errors import NotAllowed
from portal.people.models import User

# So far ahead the next session of a series gets its time, an agenda and its invitations.
AHEAD = timedelta(days=15)
_MOST_PASSED_OVER = 12


@transaction.atomic
def plan_series(
    meeting: Meeting,
    *,
    every_weeks: int,
    agent: User,
    by: User,
    at: datetime,
    kind: SessionKind = SessionKind.LEAD,
) -> FeedbackSession:
    """Plan a session that comes back every so many weeks, and return the first one.

    A series that these two had going ends; its sessions that are planned stay.

    Raises:
        TimeTaken: one of the two has another session then; nothing was changed.
    """
    first = plan_session(meeting, agent=agent, by=by, at=at, kind=kind)
    running = SessionSeries.objects.running().filter(lead=by, agent=agent)
    running.update(ended_at=at)
    wall = meeting.starts_at.astimezone(ZoneInfo(by.time_zone))
    series = SessionSeries.objects.create(
        lead=by,
        agent=agent,
        next_on=wall.date() + timedelta(weeks=every_weeks),
        clock=wall.time(),
        zone=by.time_zone,
        every_weeks=every_weeks,
        minutes=meeting.minutes,
        place=meeting.place,
        video_link=meeting.video_link,
        begun_at=at,
    )
    first.series = series
    first.save(update_fields=["series"])
    record("repeats", first, by=by, at=at, every_weeks=every_weeks)
    return first


def plan_next_sessions(*, now: datetime) -> int:
    """Plan the sessions of all series that come within `AHEAD`; return how many are new.

    Safe to run twice and side by side: each series is locked, and its day says what is next.
    """
    coming = SessionSeries.objects.running().filter(next_on__lte=(now + AHEAD).date())
    keys = list(coming.order_by("next_on", "pk").values_list("pk", flat=True))
    return sum(_plan_next(pk, now) for pk in keys)


@transaction.atomic
def end_series(session_id: uuid.UUID, *, by: User, at: datetime) -> None:
    """End the series that a session belongs to; what is planned stays. Safe to repeat.

    Raises:
        FeedbackSession.DoesNotExist: it is not theirs.
        NotAllowed: only its lead ends a series; an agent declines, or talks about it.
    """
    session = locked_session(session_id, by=by)
    if session.lead != by:
        raise NotAllowed(_("Your lead can end this. You can decline any single session."))
    if session.series_id and SessionSeries.objects.running().filter(pk=session.series_id).update(
        ended_at=at
    ):
        record("repeats no more", session, by=by, at=at)


@transaction.atomic
def _plan_next(pk: int, now: datetime) -> int:
    running = SessionSeries.objects.running().select_for_update(of=("self",), skip_locked=True)
    series = running.select_related("lead", "agent").filter(pk=pk).first()
    if series is None:
        return 0
    if not people_to_meet(series.lead).filter(pk=series.agent_id).exists():
        series.ended_at = now  # one of the two left, or the agent moved to another team
        series.save(update_fields=["ended_at"])
        return 0
    planned = 0
    while series.next_starts_at <= now + AHEAD:
        planned += _plan_one(series, now)
        series.step_on()
    series.save(update_fields=["next_on", "passed_over"])
    return planned


def _plan_one(series: SessionSeries, now: datetime) -> int:
    if series.next_starts_at <= now:
        return 0  # the sweep did not run for weeks
    meeting = Meeting(series.next_starts_at, series.minutes, series.place, series.video_link)
    try:
        kind = kind_of_meeting(series.lead, series.agent)
        session = plan_session(meeting, agent=series.agent, by=series.lead, at=now, kind=kind)
    except TimeTaken:
        day = series.next_on.isoformat()
        series.passed_over = [*series.passed_over, day][-_MOST_PASSED_OVER:]
        return 0
    session.series = series
    session.save(update_fields=["series"])
    return 1
