"""How a team is doing: what presses, and one line for each person that the viewer oversees."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from courses.learning_state import LearningState, learning_state
from courses.models import Assignment, Enrolment
from courses.queries.by_name import PageByName, Place, matching, page_by_name
from courses.queries.states import enrolments_in, steps_of
from portal.kit.clock import local_date
from portal.people.models import Membership, Team, User
from portal.people.models.team import TeamKind
from portal.people.queries.scope import people_overseen_by, teams_overseen_by

COUNT_LIMIT = 100
FEW_LIMIT = 500
PRESSING_SHOWN = 6
ASSIGNMENTS_SHOWN = 5
TEAMS_LISTED = 100
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class TeamFilter:
    """Whom to show; empty fields let everybody through."""

    text: str = ""
    team: Team | None = None
    state: LearningState | None = None


@dataclass(frozen=True)
class PressingItem:
    """Something that is overdue or due soon, and for whom; `today` is the day where they are."""

    person_id: int
    person: str
    module: str
    due_on: date
    today: date

    @property
    def days_overdue(self) -> int:
        """How many days ago it was due; negative while there is time."""
        return (self.today - self.due_on).days


@dataclass(frozen=True)
class Tally:
    """Things counted, and among how many people. Counting stops at a limit."""

    number: int
    people: int

    def __str__(self) -> str:
        return str(self.number) if self.number < COUNT_LIMIT else f"{COUNT_LIMIT - 1}+"


@dataclass(frozen=True)
class TeamOverview:
    """What needs the viewer: what is overdue, due soon, not begun, and what was finished lately."""

    overdue: Tally
    due_soon: Tally
    not_started: Tally
    finished: Tally
    longest_overdue_days: int
    pressing: tuple[PressingItem, ...]


@dataclass(frozen=True)
class OpenLearning:
    """A module that somebody still has to finish."""

    title: str
    due_on: date
    state: LearningState
    done: int
    total: int

    @property
    def is_overdue(self) -> bool:
        """Whether its last day is over."""
        return self.state == LearningState.OVERDUE


@dataclass(frozen=True)
class TeamRow:
    """A person of the team, and what is open for them, the most pressing first."""

    id: int
    name: str
    today: date
    learning: tuple[OpenLearning, ...]

    @property
    def first(self) -> OpenLearning:
        """What presses most; there has to be something open."""
        return self.learning[0]

    @property
    def others(self) -> int:
        """How many modules are open besides the most pressing one."""
        return max(0, len(self.learning) - 1)

    @property
    def done(self) -> int:
        """How many activities of the open modules are finished."""
        return sum(one.done for one in self.learning)

    @property
    def total(self) -> int:
        """How many activities the open modules have."""
        return sum(one.total for one in self.learning)

    @property
    def bar_max(self) -> int:
        """The full length of a progress bar, which cannot be 0."""
        return max(1, self.total)


@dataclass(frozen=True)
class TeamPage:
    """A stretch of the team by name; the ids say where the pages beside it begin."""

    rows: tuple[TeamRow, ...]
    before: int | None
    after: int | None


def team_overview(viewer: User, *, now: datetime) -> TeamOverview:
    """Return what needs the viewer, in four queries that read a limited number of rows each."""
    overdue = _tallied(enrolments_in(LearningState.OVERDUE, now=now), viewer, now)
    due_soon = _tallied(enrolments_in(LearningState.DUE_SOON, now=now), viewer, now)
    not_started = enrolments_in(LearningState.NOT_STARTED, now=now)
    finished = Enrolment.objects.filter(completed_at__gte=now - LATELY)
    return TeamOverview(
        overdue=_tally([item.person_id for item in overdue]),
        due_soon=_tally([item.person_id for item in due_soon]),
        not_started=_tally(_people_in(not_started, viewer)),
        finished=_tally(_people_in(finished, viewer)),
        longest_overdue_days=max((item.days_overdue for item in overdue), default=0),
        pressing=tuple([*overdue, *due_soon][:PRESSING_SHOWN]),
    )


def team_page(viewer: User, wanted: TeamFilter, place: Place, *, now: datetime) -> TeamPage:
    """Return a page of the viewer's people with what is open for them.

    Four queries, and one more to filter by state.
    """
    people, are_few = _filtered(viewer, wanted, now)
    page = page_by_name(people, place, are_few=are_few)
    return TeamPage(_rows(page, now), page.before, page.after)


def teams_to_choose(viewer: User) -> list[Team]:
    """Return the teams to filter by; of very many only the sites and programs above them."""
    teams = teams_overseen_by(viewer).order_by("path")
    first = list(teams[: TEAMS_LISTED + 1])
    if len(first) <= TEAMS_LISTED:
        return first
    return list(teams.exclude(kind=TeamKind.TEAM)[:TEAMS_LISTED])


def latest_assignments_of(viewer: User) -> QuerySet[Assignment]:
    """Return what the viewer assigned last and has not taken back."""
    mine = Assignment.objects.filter(made_by=viewer, undone_at__isnull=True)
    return mine.select_related("module__course").order_by("-made_at")[:ASSIGNMENTS_SHOWN]


def _filtered(viewer: User, wanted: TeamFilter, now: datetime) -> tuple[QuerySet[User], bool]:
    """Return the people that a filter lets through, and whether they are sure to be few.

    With few enrolments in a state their people are named one by one; with many, one of the next
    people by name is soon found to have one.
    """
    people = matching(people_overseen_by(viewer), wanted.text)
    if wanted.team:
        current = Membership.objects.current()
        members = current.filter(team__path__startswith=wanted.team.path)
        people = people.filter(pk__in=members.values("user"))
    if not wanted.state:
        return people, bool(wanted.text)
    enrolments = enrolments_in(wanted.state, now=now)
    some = list(_of_team(enrolments, viewer).values_list("user_id", flat=True)[:FEW_LIMIT])
    if len(some) < FEW_LIMIT:
        return people.filter(pk__in=set(some)), True
    has_one = Exists(enrolments.filter(user=OuterRef("pk")))
    return people.filter(has_one), bool(wanted.text)


def _of_team(enrolments: QuerySet[Enrolment], viewer: User) -> QuerySet[Enrolment]:
    return enrolments.filter(user__in=people_overseen_by(viewer))


def _tallied(enrolments: QuerySet[Enrolment], viewer: User, now: datetime) -> list[PressingItem]:
    rows = (
        _of_team(enrolments, viewer)
        .order_by("due_at")
        .values_list("user_id", "user__name", "module__title", "due_on", "user__time_zone")
    )
    return [
        PressingItem(person_id, person, module, due_on, local_date(now, zone))
        for person_id, person, module, due_on, zone in rows[:COUNT_LIMIT]
    ]


def _people_in(enrolments: QuerySet[Enrolment], viewer: User) -> list[int]:
    return list(_of_team(enrolments, viewer).values_list("user_id", flat=True)[:COUNT_LIMIT])


def _tally(people: Sequence[int]) -> Tally:
    return Tally(len(people), len(set(people)))


def _rows(page: PageByName, now: datetime) -> tuple[TeamRow, ...]:
    rows = list(
        Enrolment.objects.open()
        .filter(user__in=page.people)
        .order_by("due_at", "pk")
        .values_list("user_id", "module_id", "module__title", "due_on", "due_at")
    )
    steps = steps_of([(user_id, module_id) for user_id, module_id, *_ in rows])
    learning: dict[int, list[OpenLearning]] = defaultdict(list)
    for user_id, module_id, title, due_on, due_at in rows:
        found = steps[user_id, module_id]
        state = learning_state(now=now, is_started=found.begun > 0, due_at=due_at)
        learning[user_id].append(OpenLearning(title, due_on, state, found.done, found.total))
    return tuple(
        TeamRow(
            id=person.pk,
            name=person.name,
            today=local_date(now, person.time_zone),
            learning=tuple(learning[person.pk]),
        )
        for person in page.people
    )
