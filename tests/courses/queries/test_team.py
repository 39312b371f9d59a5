"""How a team is doing, as its lead sees it: what presses, and one line a person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from courses.learning_state import LearningState
from courses.models import Module
from courses.queries.by_name import Place
from courses.queries.overseen import overseen_by
from courses.queries.team import (
    OpenLearning,
    PressingItem,
    Tally,
    TeamFilter,
    TeamOverview,
    TeamRow,
    latest_assignments_of,
    team_overview,
    team_page,
    teams_to_choose,
)
from portal.people.models import Team, User
from tests.factories.courses import (
    AssignmentFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    ProgressFactory,
)
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import (
    MembershipFactory,
    PersonFactory,
    ProgrammeFactory,
    SiteFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
LAST_TUESDAY = date(2026, 11, 17)
CHRISTMAS = date(2026, 12, 24)
TOP = Place()


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team) -> User:
    lead = PersonFactory(lead=True)
    MembershipFactory(user=lead, team=blue, is_lead=True)
    return lead


def member(team: Team, name: str, **fields: object) -> User:
    person = PersonFactory(name=name, **fields)
    MembershipFactory(user=person, team=team)
    return person


def names(viewer: User, wanted: TeamFilter) -> list[str]:
    return [row.name for row in team_page(overseen_by(viewer), wanted, TOP, now=MONDAY).rows]


def test_a_line_tells_what_is_open_how_far_it_is_and_what_presses_most(
    blue: Team, dana: User
) -> None:
    priya = member(blue, "Priya Raman")
    jomar = member(blue, "Jomar Santos")
    begun, late = ModuleFactory(title="Begun"), ModuleFactory(title="Late")
    first, _second = LessonFactory(module=begun), LessonFactory(module=begun)
    LessonFactory(module=late)
    ProgressFactory(user=priya, activity=first, finished=True)
    EnrolmentFactory(user=priya, module=begun, due_on=CHRISTMAS)
    EnrolmentFactory(user=priya, module=late, due_on=LAST_TUESDAY)
    EnrolmentFactory(user=jomar, finished=True)

    page = team_page(overseen_by(dana), TeamFilter(), TOP, now=MONDAY)

    assert page.rows == (
        TeamRow(jomar.pk, "Jomar Santos", None),
        TeamRow(
            priya.pk,
            "Priya Raman",
            OpenLearning("Late", LAST_TUESDAY, LearningState.OVERDUE, others=1, done=1, total=3),
        ),
    )


@pytest.mark.parametrize("few", [1000, 0], ids=["few people", "many people"])
def test_the_overview_counts_what_presses_and_names_the_first(
    few: int, blue: Team, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.queries.overseen.FEW", few)
    priya = member(blue, "Priya Raman")
    module = ModuleFactory(title="Late")
    EnrolmentFactory(user=priya, module=module, due_on=LAST_TUESDAY)
    soon = EnrolmentFactory(user=priya, due_on=FRIDAY)
    ada = member(blue, "Ada Byron")
    EnrolmentFactory(user=ada, module=soon.module, due_on=FRIDAY)
    EnrolmentFactory(user=priya, due_on=CHRISTMAS)
    EnrolmentFactory(user=priya, finished=True)
    EnrolmentFactory(user=priya, withdrawn=True)
    EnrolmentFactory(due_on=LAST_TUESDAY)  # of somebody on another team

    assert team_overview(overseen_by(dana), now=MONDAY + timedelta(hours=2)) == TeamOverview(
        overdue=Tally(1, 1),
        due_soon=Tally(2, 2),
        finished=Tally(1, 1),
        longest_overdue_days=6,
        pressing=(
            PressingItem(priya.pk, "Priya Raman", "Late", LAST_TUESDAY, TODAY),
            PressingItem(priya.pk, "Priya Raman", soon.module.title, FRIDAY, TODAY),
            PressingItem(ada.pk, "Ada Byron", soon.module.title, FRIDAY, TODAY),
        ),
    )


def test_counting_stops_at_a_hundred() -> None:
    assert [str(Tally(number, 1)) for number in (0, 99, 100)] == ["0", "99", "99+"]


def test_a_lead_sees_their_own_people_and_those_of_teams_below(dana: User, blue: Team) -> None:
    programme = blue.parent
    night = TeamFactory(parent=programme)
    member(blue, "In Blue")
    member(night, "In Night")
    member(TeamFactory(), "Elsewhere")
    head = PersonFactory(lead=True)
    MembershipFactory(user=head, team=programme, is_lead=True)
    assert names(dana, TeamFilter()) == ["In Blue"]
    assert names(head, TeamFilter()) == ["In Blue", "In Night", dana.name]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (LearningState.NOT_STARTED, ["Not started"]),
        (LearningState.IN_PROGRESS, ["In progress"]),
        (LearningState.DUE_SOON, ["Due soon"]),
        (LearningState.OVERDUE, ["Overdue"]),
        (LearningState.FINISHED, ["Finished"]),
        (LearningState.WITHDRAWN, ["Withdrawn"]),
    ],
)
def test_a_filter_keeps_who_has_something_in_that_state(
    state: LearningState, expected: list[str], blue: Team, dana: User
) -> None:
    module: Module = LessonFactory().module
    EnrolmentFactory(user=member(blue, "Not started"), module=module, due_on=CHRISTMAS)
    begun = EnrolmentFactory(user=member(blue, "In progress"), module=module, due_on=CHRISTMAS)
    ProgressFactory(user=begun.user, activity=module.activities.get())
    EnrolmentFactory(user=member(blue, "Due soon"), module=module, due_on=FRIDAY)
    EnrolmentFactory(user=member(blue, "Overdue"), module=module, due_on=LAST_TUESDAY)
    EnrolmentFactory(user=member(blue, "Finished"), module=module, finished=True)
    EnrolmentFactory(user=member(blue, "Withdrawn"), module=module, withdrawn=True)
    assert names(dana, TeamFilter(state=state)) == expected


def test_words_are_looked_for_in_names_and_addresses(blue: Team, dana: User) -> None:
    member(blue, "Priya Raman", email="p.raman@example.org")
    member(blue, "Tomás Rivera", email="t.rivera@example.org")
    assert names(dana, TeamFilter(text="raman p")) == ["Priya Raman"]
    assert names(dana, TeamFilter(text="T.RIVERA@")) == ["Tomás Rivera"]
    assert names(dana, TeamFilter(text="example nobody")) == []


def test_a_team_can_be_picked_out(blue: Team) -> None:
    night = TeamFactory(parent=blue.parent)
    member(blue, "In Blue")
    member(night, "In Night")
    admin = PersonFactory(admin=True)
    assert names(admin, TeamFilter(team=night)) == ["In Night"]
    assert names(admin, TeamFilter(team=blue.parent)) == ["In Blue", "In Night"]


def test_an_admin_sees_of_everybody_what_presses_and_not_what_is_due_later() -> None:
    admin = PersonFactory(admin=True)
    late, soon = EnrolmentFactory(due_on=LAST_TUESDAY), EnrolmentFactory(due_on=FRIDAY)
    EnrolmentFactory(due_on=CHRISTMAS)
    EnrolmentFactory(finished=True)

    overview = team_overview(overseen_by(admin), now=MONDAY)

    assert (overview.overdue, overview.due_soon, overview.finished) == (Tally(1, 1),) * 3
    assert [one.person_id for one in overview.pressing] == [late.user_id, soon.user_id]


def test_of_very_many_teams_only_those_above_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.queries.team.TEAMS_LISTED", 3)
    site = SiteFactory()
    programme = ProgrammeFactory(parent=site)
    first = TeamFactory(parent=programme)
    admin = PersonFactory(admin=True)
    assert [pk for pk, _name in teams_to_choose(admin)] == [site.pk, programme.pk, first.pk]
    TeamFactory(parent=programme)
    above = [(one.pk, one.name) for one in (site, programme)]
    assert teams_to_choose(admin) == above


def test_the_latest_assignments_are_the_viewers_own(dana: User) -> None:
    older = AssignmentFactory(made_by=dana)
    latest = AssignmentFactory(made_by=dana, made_at=MONDAY + timedelta(hours=1))
    AssignmentFactory(made_by=dana, undone_at=MONDAY)
    AssignmentFactory()
    assert [one.id for one in latest_assignments_of(dana)] == [latest.pk, older.pk]


@pytest.mark.parametrize("people", [1, 50])
def test_overview_and_page_cost_the_same_queries_for_any_number_of_people(
    people: int, blue: Team, dana: User, django_assert_num_queries: Callable[..., object]
) -> None:
    lesson = LessonFactory()
    for number in range(people):
        person = member(blue, f"Person {number}")
        EnrolmentFactory(user=person, module=lesson.module, due_on=LAST_TUESDAY)
        EnrolmentFactory(user=person, due_on=FRIDAY)
        ProgressFactory(user=person, activity=lesson)
    list(dana.led_paths)
    with django_assert_num_queries(1):
        overseen = overseen_by(dana)
    with django_assert_num_queries(1):
        team_overview(overseen, now=MONDAY)
    with django_assert_num_queries(2):
        team_page(overseen, TeamFilter(), TOP, now=MONDAY)
    with django_assert_num_queries(3):
        team_page(overseen, TeamFilter(state=LearningState.OVERDUE), TOP, now=MONDAY)
