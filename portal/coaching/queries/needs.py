"""Who needs a hand: late, stuck, out of tries, or quiet, each with where the proof is."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from assessments.models import Attempt, AttemptMode
from courses.models import ActivityProgress, Enrolment
from portal.coaching.mail_kinds import NUDGE
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.sessions import sessions_visible_to
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import Team, User
from portal.people.models.team import Membership
from portal.people.queries.scope import people_overseen_by

MOST_PEOPLE = 500
STUCK_DAYS, QUIET_DAYS, NUDGE_DAYS = 7, 14, 7
TRIES = 3


@dataclass(frozen=True)
class Reason:
    """Why somebody may need a hand, about which activity or module, and since when."""

    kind: str
    title: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Need:
    """Somebody who may need a hand, with every reason, and when they were last nudged."""

    person: User
    reasons: tuple[Reason, ...]
    nudged_at: datetime | None


@dataclass(frozen=True)
class Needs:
    """Everybody who may need a hand, most reasons first, and the sessions that are near."""

    people: tuple[Need, ...] = ()
    sessions: tuple[FeedbackSession, ...] = field(default=())
    are_too_many: bool = False


def needs_seen_by(viewer: User, *, team: Team | None, now: datetime) -> Needs:
    """Return who of the viewer's people needs a hand, in seven queries for any number.

    Of more than five hundred people a team has to be chosen first.
    """
    people = people_overseen_by(viewer)
    if team:
        members = Membership.objects.filter(ended_on__isnull=True, team__path__startswith=team.path)
        people = people.filter(pk__in=members.values("user"))
    found = list(people.only("name", "time_zone", "last_login", "created_at")[: MOST_PEOPLE + 1])
    sessions = _sessions_near(viewer, now)
    if len(found) > MOST_PEOPLE:
        return Needs(sessions=sessions, are_too_many=True)
    ids = [person.pk for person in found]
    reasons: dict[int, list[Reason]] = defaultdict(list)
    has_duties = _late_and_stuck(ids, reasons, now)
    _out_of_tries(ids, reasons)
    for person in found:
        if person.pk in has_duties and (since := _quiet_since(person, now)):
            reasons[person.pk].append(Reason("quiet", since=since))
    nudged = _nudged(ids, now)
    rows = [
        Need(person, tuple(reasons[person.pk]), nudged.get(person.pk))
        for person in found
        if reasons[person.pk]
    ]
    rows.sort(key=lambda need: (-len(need.reasons), need.person.name.lower(), need.person.pk))
    return Needs(tuple(rows), sessions)


def reasons_of(person: User, *, now: datetime) -> list[Reason]:
    """Return why one person may need a hand."""
    reasons: dict[int, list[Reason]] = defaultdict(list)
    _late_and_stuck([person.pk], reasons, now)
    _out_of_tries([person.pk], reasons)
    return reasons[person.pk]


def _sessions_near(viewer: User, now: datetime) -> tuple[FeedbackSession, ...]:
    near = (
        sessions_visible_to(viewer)
        .planned()
        .filter(lead=viewer, starts_at__gte=now, starts_at__lt=now + timedelta(days=7))
    )
    return tuple(near.select_related("agent", "lead").order_by("starts_at"))


def _late_and_stuck(ids: list[int], reasons: dict[int, list[Reason]], now: datetime) -> set[int]:
    """Note what is late and what does not move; return who has anything open."""
    duties = list(
        Enrolment.objects.open()
        .filter(user__in=ids)
        .order_by("due_at", "pk")
        .values_list("user_id", "module_id", "module__title", "due_on", "due_at", "created_at")
    )
    seen = ActivityProgress.objects.filter(
        user__in=ids, activity__module__in={module for _, module, *_ in duties}
    ).order_by()
    last = {
        (user, module): at
        for user, module, at in seen.values_list("user_id", "activity__module_id").annotate(
            at=Max("last_seen_at")
        )
    }
    for user, module, title, due_on, due_at, given_at in duties:
        if due_at < now:
            reasons[user].append(Reason("overdue", title, due_on))
        at = last.get((user, module))
        if at and max(at, given_at) < now - timedelta(days=STUCK_DAYS):
            reasons[user].append(Reason("stuck", title, at.date()))
    return {user for user, *_ in duties}


def _out_of_tries(ids: list[int], reasons: dict[int, list[Reason]]) -> None:
    """Note what somebody tried three times, assessed, without passing it once."""
    tried = (
        Attempt.objects.filter(user__in=ids, mode=AttemptMode.ASSESSED, finished_at__isnull=False)
        .order_by()
        .values("user_id", "activity__title")
        .annotate(
            missed=Count("pk", filter=Q(is_passed=False)),
            passed=Count("pk", filter=Q(is_passed=True)),
            last=Max("finished_at"),
        )
        .filter(missed__gte=TRIES, passed=0)
    )
    for row in tried:
        reason = Reason("tries", row["activity__title"], row["last"].date())
        reasons[row["user_id"]].append(reason)


def _quiet_since(person: User, now: datetime) -> date | None:
    last = person.last_login or person.created_at
    return last.date() if last < now - timedelta(days=QUIET_DAYS) else None


def _nudged(ids: list[int], now: datetime) -> dict[int, datetime]:
    nudges = OutgoingEmail.objects.filter(
        kind=NUDGE, recipient__in=ids, created_at__gte=now - timedelta(days=NUDGE_DAYS)
    ).exclude(state=EmailState.DROPPED)
    return dict(nudges.order_by().values_list("recipient_id").annotate(last=Max("created_at")))
