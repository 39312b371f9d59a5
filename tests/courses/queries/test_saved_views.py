"""Filters under a name: kept, assigned to, and removed without stopping the rules that use them."""

from datetime import timedelta

import pytest
from django.test import Client

from courses.actions.assigning import assign_learning
from courses.actions.rules import run_rules
from courses.actions.saving_views import NameTaken, NothingToKeep, remove_view, save_view
from courses.learning_state import LearningState
from courses.models import SavedView
from courses.queries.audience import UnknownAudience
from courses.queries.saved_views import filter_of, saved_views_of
from courses.queries.team import TeamFilter
from portal.people.models import Team, User
from tests.factories.assigning import choice, lead_of, member_of
from tests.factories.courses import EnrolmentFactory, LessonFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team) -> User:
    return lead_of(blue)


def test_a_view_keeps_the_whole_filter_and_finds_the_same_people_again(
    blue: Team, dana: User, client: Client
) -> None:
    ada, ben = member_of(blue, name="Ada", tags=["nights"]), member_of(blue, name="Ben")
    member_of(TeamFactory(), name="Ada of others", tags=["nights"])
    for person in (ada, ben):
        EnrolmentFactory(user=person, due_on=FRIDAY - 30 * DAY)
    client.force_login(dana)
    wanted = {"q": "a", "team": blue.pk, "tag": "nights", "state": "overdue"}
    page = client.post("/team/saved-views/", {**wanted, "name": "Late at night"}, follow=True)
    shown = page.content.decode()
    assert ["Remove “Late at night”" in shown, "Select Ada" in shown, "Select Ben" in shown] == [
        True,
        True,
        False,
    ]
    view = SavedView.objects.get()
    assert filter_of(view) == TeamFilter("a", blue, LearningState.OVERDUE, "nights")
    assert client.post(f"/team/saved-views/{view.pk}/remove/").status_code == 302
    assert saved_views_of(dana) == []


def test_a_name_is_needed_and_taken_once(dana: User, client: Client) -> None:
    wanted = TeamFilter(text="a")
    save_view("Nights", wanted, by=dana, at=MONDAY)
    with pytest.raises(NameTaken):
        save_view("nights", wanted, by=dana, at=MONDAY)
    with pytest.raises(NothingToKeep):
        save_view("Everybody", TeamFilter(), by=dana, at=MONDAY)
    client.force_login(dana)
    page = client.post(
        "/team/saved-views/", {"q": "b", "name": "NIGHTS"}, follow=True
    ).content.decode()
    assert ["You have a view of this name" in page, 'value="NIGHTS"' in page] == [True, True]


def test_tags_and_views_are_assigned_to_and_reach_later_whom_they_fit(
    blue: Team, dana: User
) -> None:
    night = member_of(blue, name="Night", tags=["nights"])
    new = member_of(blue, name="New hire")
    stranger = member_of(TeamFactory(), name="New at another team", tags=["nights"])
    view = save_view("New people", TeamFilter(text="new"), by=dana, at=MONDAY)
    chosen = choice(
        LessonFactory().module,
        tags=frozenset({"nights"}),
        views=frozenset({view.pk}),
        reaches_later=True,
    )
    made = assign_learning(chosen, by=dana, at=MONDAY)
    assert made.assignment.audience == "tagged nights, New people"
    remove_view(view, at=MONDAY)
    later = member_of(blue, name="Newer hire")
    assert run_rules(now=MONDAY + DAY) == 1
    has_it = User.objects.filter(enrolments__assignment=made.assignment).order_by("pk")
    assert list(has_it) == [night, new, later]
    assert stranger not in has_it


def test_a_view_of_another_lead_is_not_to_be_chosen(blue: Team, dana: User) -> None:
    view = save_view("Mine", TeamFilter(text="a"), by=lead_of(TeamFactory()), at=MONDAY)
    chosen = choice(LessonFactory().module, views=frozenset({view.pk}))
    with pytest.raises(UnknownAudience):
        assign_learning(chosen, by=dana, at=MONDAY)
