"""People by modules: the latest duty of each, and the same queries for any number."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from courses.learning_state import LearningState
from courses.queries.by_name import Place
from courses.queries.matrix import matrix_of
from courses.queries.overseen import overseen_by
from courses.queries.team import TeamFilter
from portal.people.models import Team, User
from tests.factories.assigning import lead_of, member_of
from tests.factories.courses import EnrolmentFactory, ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def blue() -> Team:
    return TeamFactory()


@pytest.fixture
def dana(blue: Team) -> User:
    return lead_of(blue)


def test_each_person_stands_with_each_module_by_their_latest_duty(blue: Team, dana: User) -> None:
    ada, ben = member_of(blue, name="Ada"), member_of(blue, name="Ben")
    first, second = ModuleFactory(title="First"), ModuleFactory(title="Second")
    earlier = {"created_at": MONDAY - timedelta(days=400)}
    EnrolmentFactory(user=ada, module=first, finished=True, **earlier)
    EnrolmentFactory(user=ada, module=first)
    EnrolmentFactory(user=ben, module=first, withdrawn=True)
    EnrolmentFactory(user=ben, module=second, finished=True)
    EnrolmentFactory(user=member_of(TeamFactory()), module=ModuleFactory(title="Of others"))

    found = matrix_of(overseen_by(dana), TeamFilter(), Place(), now=MONDAY)

    assert [column.title for column in found.columns] == ["First", "Second"]
    rows = [(row.name, [cell and cell.state for cell in row.cells]) for row in found.rows]
    assert rows == [
        ("Ada", [LearningState.DUE_SOON, None]),
        ("Ben", [LearningState.WITHDRAWN, LearningState.FINISHED]),
    ]


@pytest.mark.parametrize("people", [1, 50])
def test_the_page_costs_the_same_queries_for_any_number_of_people(
    people: int,
    blue: Team,
    dana: User,
    client: Client,
    django_assert_num_queries: Callable[..., object],
) -> None:
    module = ModuleFactory()
    for number in range(people):
        EnrolmentFactory(user=member_of(blue, name=f"Agent {number:02}"), module=module)
    client.force_login(dana)
    client.get("/team/matrix/")
    with django_assert_num_queries(8):
        page = client.get("/team/matrix/").content.decode()
    in_the_filter = 2
    assert page.count("Due soon") + page.count("Overdue") == people + in_the_filter
