"""Sites, programs and teams: each person once, by the level, and no other team."""

from datetime import timedelta

import pytest

from courses.queries.rollup import GroupLine, rollup_of
from portal.people.models.team import TeamKind
from tests.factories.assigning import lead_of, member_of
from tests.factories.courses import EnrolmentFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import PersonFactory, ProgrammeFactory, TeamFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_each_level_counts_each_person_once_and_says_what_is_late_soon_and_done() -> None:
    programme = ProgrammeFactory(name="Patient Access")
    blue = TeamFactory(name="Blue", parent=programme)
    night = TeamFactory(name="Night", parent=programme)
    both, fine = member_of(blue, night, name="Both"), member_of(night)
    EnrolmentFactory(user=both, due_on=FRIDAY - 30 * DAY)
    EnrolmentFactory(user=both, due_on=FRIDAY)
    EnrolmentFactory(user=fine, finished=True)
    EnrolmentFactory(user=fine, withdrawn=True)
    EnrolmentFactory(user=member_of(TeamFactory()), due_on=FRIDAY - 30 * DAY)
    lead = lead_of(programme)
    now = MONDAY + DAY

    top = rollup_of(lead, None, now=now)
    assert top.lines == (GroupLine(programme, True, 2, 2, 1, 1, 1, 1),)
    below = rollup_of(lead, programme, now=now)
    assert below.lines == (
        GroupLine(blue, False, 1, 2, 1, 1, 1, 0),
        GroupLine(night, False, 2, 2, 1, 1, 1, 1),
    )
    everything = rollup_of(PersonFactory(admin=True), None, now=now)
    assert {line.team.kind for line in everything.lines} == {TeamKind.SITE}


@pytest.mark.parametrize("people", [1, 50])
def test_it_costs_two_queries_for_any_number(people: int, django_assert_num_queries) -> None:
    team = TeamFactory()
    for _ in range(people):
        EnrolmentFactory(user=member_of(team))
    lead = lead_of(team)
    list(lead.led_paths)
    with django_assert_num_queries(2):
        assert rollup_of(lead, None, now=MONDAY).lines[0].people == people
