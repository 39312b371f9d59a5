"""Who needs a hand: late, at risk, stuck, out of tries, or quiet, each with its proof."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q
from django.urls import reverse

from assessments.models import Attempt, AttemptMode
from assessments.queries.missed_moments import moments_missed_often
from courses.models import ActivityKind, ActivityProgress, Enrolment
from courses.queries.overseen import overseen_by
from courses.queries.states import steps_of
from courses.queries.team import TeamFilter, filtered
from portal.coaching.mail_kinds import NUDGE
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.sessions import sessions_visible_to
from portal.coaching.risk import risk_of
from portal.kit.clock import local_date
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import User

MOST_PEOPLE = 500
STUCK_DAYS, QUIET_DAYS, NUDGE_DAYS = 7, 14, 7
TRIES = 3
LATELY = timedelta(days=182)


@dataclass(frozen=True)
class Reason:
    """Why somebody may need a hand, about which activity or module, and since when.

    `proof` is the address where it can be seen. `detail` is a kind of risk, or the moment that was
    missed; `done` of `total` are steps.
    """

    kind: str
    title: str = ""
    since: date | None = None
    proof: str = ""
    detail: str = ""
    done: int = 0
    total: int = 0


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


def needs_seen_by(viewer: User, wanted: TeamFilter, *, now: datetime) -> Needs:
    """Return who of the viewer's people needs a hand, in as many queries for any number.

    Of more than five hundred people a team has to be chosen first.
    """
    people, _ = filtered(overseen_by(viewer), wanted, now)
    found = list(people.only("name", "time_zone", "last_login", "created_at")[: MOST_PEOPLE + 1])
    sessions = _sessions_near(viewer, now)
    if len(found) > MOST_PEOPLE:
        return Needs(sessions=sessions, are_too_many=True)
    reasons = _reasons(found, now)
    nudged = _nudged([person.pk for person in found], now)
    rows = [
        Need(person, tuple(reasons[person.pk]), nudged.get(person.pk))
        for person in found
        if reasons[person.pk]
    ]
    rows.sort(key=lambda need: (-len(need.reasons), need.person.name.lower(), need.person.pk))
    return Needs(tuple(rows), sessions)


def reasons_of(person: User, *, now: datetime) -> list[Reason]:
    """Return why one person may need a hand."""
    return _reasons([person], now)[person.pk]


def _reasons(people: list[User], now: datetime) -> dict[int, list[Reason]]:
    """Return why each of these people may need a hand, by their id; what presses comes first."""
    ids = [person.pk for person in people]
    reasons: dict[int, list[Reason]] = defaultdict(list)
    has_duties = _about_duties(people, reasons, now)
    for one in moments_missed_often(ids):
        proof = reverse("assessments:debrief", args=[one.attempt_id])
        about = Reason("moment", one.call, one.last_at.date(), proof, one.moment, one.times)
        reasons[one.user_id].append(about)
    _out_of_tries(ids, reasons)
    for person in people:
        if person.pk in has_duties and (since := _quiet_since(person, now)):
            reasons[person.pk].append(Reason("quiet", since=since, proof=_page_of(person.pk)))
    return reasons


def _page_of(person: int) -> str:
    return reverse("courses:person", args=[person])


def _sessions_near(viewer: User, now: datetime) -> tuple[FeedbackSession, ...]:
    near = (
        sessions_visible_to(viewer)
        .planned()
        .filter(lead=viewer, starts_at__gte=now, starts_at__lt=now + timedelta(days=7))
    )
    return tuple(near.select_related("agent", "lead").order_by("starts_at"))


def _about_duties(people: list[User], reasons: dict[int, list[Reason]], now: datetime) -> set[int]:
    """Note what is late, at risk or does not move; return who has anything open."""
    zones = {person.pk: person.time_zone for person in people}
    duties = list(
        Enrolment.objects.pressing()
        .filter(user__in=zones)
        .order_by("due_at", "pk")
        .values_list(*_OF_A_DUTY)
    )
    pairs = [(user, module) for _, user, module, *_ in duties]
    last, late = _last_seen(pairs), _times_late(list(zones), now)
    steps = steps_of(pairs)
    for pk, user, module, title, due_on, due_at, given_at in duties:
        proof = f"{_page_of(user)}#h-{pk}"
        made = steps[user, module]
        counts = {"done": made.done, "total": made.total}
        risk = risk_of(
            days_left=(due_on - local_date(now, zones[user])).days,
            is_begun=made.begun > 0,
            times_late=late.get(user, 0),
            **counts,
        )
        if due_at < now:
            reasons[user].append(Reason("overdue", title, due_on, proof))
        elif risk:
            reasons[user].append(Reason("risk", title, due_on, proof, risk, **counts))
        at = last.get((user, module))
        if at and max(at, given_at) < now - timedelta(days=STUCK_DAYS):
            reasons[user].append(Reason("stuck", title, at.date(), proof))
    return {user for user, _ in pairs}


_OF_A_DUTY = ("pk", "user_id", "module_id", "module__title", "due_on", "due_at", "created_at")


def _last_seen(pairs: list[tuple[int, int]]) -> dict[tuple[int, int], datetime]:
    """Return when each of these people was last in each of their modules."""
    users, modules = {user for user, _ in pairs}, {module for _, module in pairs}
    seen = ActivityProgress.objects.filter(user__in=users, activity__module__in=modules)
    by_pair = seen.order_by().values_list("user_id", "activity__module_id")
    return {(user, module): at for user, module, at in by_pair.annotate(at=Max("last_seen_at"))}


def _times_late(ids: list[int], now: datetime) -> dict[int, int]:
    """Return how often each of these people finished late within half a year."""
    lately = Enrolment.objects.filter(user__in=ids, completed_at__gte=now - LATELY)
    late = lately.filter(completed_at__gt=F("due_at")).order_by()
    return dict(late.values_list("user_id").annotate(times=Count("pk")))


def _out_of_tries(ids: list[int], reasons: dict[int, list[Reason]]) -> None:
    """Note what somebody tried three times, assessed, without passing it once."""
    tried = (
        Attempt.objects.filter(user__in=ids, mode=AttemptMode.ASSESSED, finished_at__isnull=False)
        .order_by()
        .values("user_id", "activity__title", "activity__kind")
        .annotate(
            missed=Count("pk", filter=Q(is_passed=False)),
            passed=Count("pk", filter=Q(is_passed=True)),
            last=Max("finished_at"),
            attempts=ArrayAgg("pk", order_by=("-finished_at", "-number")),
        )
        .filter(missed__gte=TRIES, passed=0)
    )
    for row in tried:
        is_call = row["activity__kind"] == ActivityKind.SCENARIO
        page = "assessments:debrief" if is_call else "assessments:quiz-results"
        proof = reverse(page, args=[row["attempts"][0]])
        reason = Reason("tries", row["activity__title"], row["last"].date(), proof)
        reasons[row["user_id"]].append(reason)


def _quiet_since(person: User, now: datetime) -> date | None:
    last = person.last_login or person.created_at
    return last.date() if last < now - timedelta(days=QUIET_DAYS) else None


def _nudged(ids: list[int], now: datetime) -> dict[int, datetime]:
    nudges = OutgoingEmail.objects.filter(
        kind=NUDGE, recipient__in=ids, created_at__gte=now - timedelta(days=NUDGE_DAYS)
    ).exclude(state=EmailState.DROPPED)
    return dict(nudges.order_by().values_list("recipient_id").annotate(last=Max("created_at")))
