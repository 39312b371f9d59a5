"""What stands in somebody's calendar feed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from courses.models import Enrolment
from portal.coaching.calendar_feed import DueDay, Meeting, calendar_text
from portal.coaching.models import CalendarFeed, FeedbackSession, SessionState
from portal.notifications.links import site_host, site_link
from portal.people.models import User

# How long sessions stay in the calendar after they were held.
KEPT = timedelta(days=60)


def feed_of(user: User) -> CalendarFeed | None:
    """Return somebody's feed while it is on."""
    return CalendarFeed.objects.filter(user=user, is_on=True).first()


def open_feed_by(user_id: int, number: int) -> CalendarFeed | None:
    """Return the feed an address stands for, if it is still good and its person is still here."""
    feeds = CalendarFeed.objects.filter(user=user_id, number=number, is_on=True)
    return feeds.filter(user__is_active=True).select_related("user").first()


def feed_text(user: User, *, now: datetime) -> str:
    """Return the calendar of what one has to finish, and of one's sessions, in two queries.

    A session is named by whom one meets; what it is about stays on its page.
    """
    return calendar_text("Attune", [*_due_days(user), *_meetings(user, now)])


def _due_days(user: User) -> Iterator[DueDay]:
    duties = Enrolment.objects.open().filter(user=user, due_on__isnull=False)
    for duty in duties.select_related("module__course").order_by("due_on", "pk"):
        module = duty.module
        yield DueDay(
            uid=f"due-{duty.pk}@{site_host()}",
            title=_("Due: %(title)s") % {"title": module.title},
            url=site_link("courses:module", module.course.slug, module.slug),
            day=duty.due_on,
            changed_at=duty.created_at,
        )


def _meetings(user: User, now: datetime) -> Iterator[Meeting]:
    states = (SessionState.PLANNED, SessionState.HELD)
    sessions = FeedbackSession.objects.of(user).filter(state__in=states, ends_at__gt=now - KEPT)
    for one in sessions.select_related("lead", "agent").order_by("starts_at"):
        assert one.starts_at is not None
        assert one.ends_at is not None
        yield Meeting(
            uid=f"session-{one.pk}@{site_host()}",
            title=_("Feedback session with %(name)s") % {"name": one.other(user)},
            url=site_link("coaching:session", one.pk),
            place=one.video_link or one.place,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            sequence=one.sequence,
            changed_at=one.planned_at or one.starts_at,
        )
