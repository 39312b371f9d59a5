"""Assigning learning: the form, its preview, and doing it once it was seen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courses.models import Assignment, Enrolment, Module
from portal.kit.clock import now
from portal.people.models import Team, User
from tests.factories.assigning import member_of
from tests.factories.courses import (
    CompletionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db

URL = "/assign/"


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team, client: Client) -> User:
    """Return the lead of the team, who is signed in."""
    lead = PersonFactory(lead=True, name="Dana Whitfield", time_zone="UTC")
    MembershipFactory(user=lead, team=blue, is_lead=True)
    client.force_login(lead)
    return lead


@pytest.fixture
def priya(blue: Team) -> User:
    return member(blue, "Priya Raman")


@pytest.fixture
def module() -> Module:
    return LessonFactory(module=ModuleFactory(title="Plain words")).module


def member(team: Team, name: str) -> User:
    person = PersonFactory(name=name)
    MembershipFactory(user=person, team=team)
    return person


def answers(module: Module, *people: User, **others: object) -> dict[str, object]:
    return {
        "what": f"module-{module.pk}",
        "person": [one.pk for one in people],
        "due_on": (now().date() + timedelta(days=60)).isoformat(),
        "remind": "3",
        "note": "A short one.",
        **others,
    }


def seen_in(response: HttpResponse) -> str:
    found = re.search(r'name="seen" value="(\w+)"', response.content.decode())
    assert found
    return found[1]


# Who may


@pytest.mark.parametrize(
    "url", [URL, "/assign/preview/", "/assign/find/who/", "/assign/find/what/"]
)
def test_only_leads_and_admins_assign(url: str, client: Client, blue: Team) -> None:
    is_page = url == URL
    assert client.get(URL).status_code == 302
    client.force_login(PersonFactory())
    assert client.post(url).status_code == 403
    client.force_login(PersonFactory(author=True))
    assert client.post(url).status_code == 403
    for one in (PersonFactory(lead=True), PersonFactory(admin=True)):
        client.force_login(one)
        assert client.post(url).status_code == (422 if is_page else 200)


def test_only_the_page_itself_can_be_fetched(dana: User, client: Client) -> None:
    urls = [URL, "/assign/preview/", "/assign/find/who/", "/assign/find/what/"]
    assert [client.get(url).status_code for url in urls] == [200, 405, 405, 405]


# The questions


def test_the_page_offers_the_leads_own_people_and_teams(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    member(TeamFactory(name="Night Intake"), "Imani Brooks")
    page = client.get(URL).content.decode()
    found = [name in page for name in ("Priya Raman", "Scheduling Blue", "Plain words")]
    others = [name in page for name in ("Imani Brooks", "Night Intake")]
    assert (found, others) == ([True] * 3, [False] * 2)


def test_people_and_a_module_can_be_chosen_by_the_address(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    stranger = PersonFactory(name="Stranger")
    page = client.get(
        f"{URL}?person={priya.pk}&person={stranger.pk}&person=x&what=module-{module.pk}"
    )
    text = page.content.decode()
    assert f'value="{priya.pk}" checked' in text
    assert f'value="module-{module.pk}" checked' in text
    assert "Stranger" not in text


def test_searching_without_a_script_keeps_all_that_was_typed(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    typed = answers(module, priya, find="1", find_who="nobody", due_on="2027-01-09", remind="never")
    response = client.post(URL, typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'value="{priya.pk}" checked' in page
    assert f'value="module-{module.pk}" checked' in page
    assert 'value="2027-01-09"' in page
    assert '<option value="never" selected>' in page
    assert "A short one." in page
    assert "field-error" not in page


def test_mistakes_stand_beside_their_questions_and_what_was_typed_stays(
    dana: User, client: Client
) -> None:
    response = client.post(URL, {"due_on": "2020-01-01", "remind": "3", "note": "A short one."})
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {
        "what": ["Choose what to assign."],
        "person": ["Choose people or teams."],
        "due_on": ["That day is over. Choose today or a later day."],
    }
    page = response.content.decode()
    assert 'id="id_what_error"' in page
    assert 'id="id_person_error"' in page
    assert 'value="2020-01-01"' in page
    assert "A short one." in page


@pytest.mark.parametrize("name", ["person", "team"])
def test_strangers_and_their_teams_are_refused_like_ids_that_do_not_exist(
    name: str, dana: User, module: Module, client: Client
) -> None:
    other = TeamFactory()
    existing = other.pk if name == "team" else member(other, "Stranger").pk
    refused = [
        client.post(URL, answers(module, **{name: [pk]})).context["form"].errors[name]
        for pk in (existing, 10**9, "x")
    ]
    assert refused == [["Choose people and teams from the list."]] * 3


def test_a_module_with_nothing_to_do_is_refused(dana: User, priya: User, client: Client) -> None:
    response = client.post(URL, answers(ModuleFactory(), priya))
    assert response.context["form"].errors == {"what": ["Choose from the list what to assign."]}


def test_days_are_asked_for_where_the_last_day_is_counted(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    counted = answers(module, priya, due_kind="after_hire", due_on="", due_days="", look="1")
    assert client.post(URL, counted).context["form"].errors == {
        "due_days": ["Say how many days they have."]
    }
    page = client.post(URL, {**counted, "due_days": "14", "closes": "3"}).content.decode()
    assert ["Reaches 1 person" in page, "Closes" in page] == [True, True]


def test_a_rule_needs_something_to_join_and_may_begin_with_nobody(
    dana: User, priya: User, blue: Team, module: Module, client: Client
) -> None:
    refused = client.post(URL, answers(module, priya, later="on", look="1"))
    assert refused.context["form"].errors == {
        "later": ["Choose a team, role, tag or view that people can join."]
    }
    CompletionFactory(user=priya, module=module)
    goes_on = answers(module, team=[blue.pk], later="on", renew="12")
    response = client.post(URL, {**goes_on, "look": "1"})
    page = response.content.decode()
    assert [words in page for words in ("Opens again", "Start the rule")] == [True, True]
    client.post(URL, {**goes_on, "seen": seen_in(response), "confirm": "1"})
    rule = Assignment.objects.get()
    assert (rule.reaches_later, rule.renew_months, list(rule.teams.all())) == (True, 12, [blue])
    address = f"/team/assignments/{rule.pk}/"
    assert "Goes on by itself" in client.get(address).content.decode()
    page = client.post(f"{address}stop/", follow=True).content.decode()
    assert ["It reaches nobody any more." in page, "Stopped by Dana" in page] == [True, True]


# Seeing first, then doing


def test_looking_changes_nothing_and_shows_people_and_mails(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    response = client.post(URL, answers(module, priya, look="1"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Reaches 1 person" in page
    assert "“Dana set aside 5 minutes for you”, to 1 person" in page
    assert "Assign to 1 person" in page
    assert "Dana wrote:" in page
    assert not Assignment.objects.exists()


def test_what_was_seen_is_done_and_can_be_undone(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    seen = seen_in(client.post(URL, answers(module, priya, look="1")))
    response = client.post(URL, answers(module, priya, seen=seen, confirm="1"), follow=True)
    assignment = Assignment.objects.get()
    assert response.redirect_chain == [(f"/team/assignments/{assignment.pk}/", 302)]
    page = response.content.decode()
    assert "Assigned to 1 person." in page
    assert '<button class="btn btn-sm" type="submit" form="undo">Undo</button>' in page
    assert (assignment.note, [one.user for one in assignment.enrolments.all()]) == (
        "A short one.",
        [priya],
    )


def test_confirming_unseen_shows_it_first(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    response = client.post(URL, answers(module, priya, confirm="1"))
    assert "This has changed since you looked." in response.content.decode()
    assert not Assignment.objects.exists()


def test_confirming_something_else_than_was_seen_shows_it_first(
    dana: User, priya: User, blue: Team, module: Module, client: Client
) -> None:
    seen = seen_in(client.post(URL, answers(module, team=[blue.pk], look="1")))
    member(blue, "New here")
    response = client.post(URL, answers(module, team=[blue.pk], seen=seen, confirm="1"))
    page = response.content.decode()
    assert "This has changed since you looked." in page
    assert "Assign to 2 people" in page
    assert not Assignment.objects.exists()


def test_confirming_twice_assigns_once(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    seen = seen_in(client.post(URL, answers(module, priya, look="1")))
    for _ in range(2):
        response = client.post(URL, answers(module, priya, seen=seen, confirm="1"))
    assert "Reaches nobody new" in response.content.decode()
    assert (Assignment.objects.count(), Enrolment.objects.count()) == (1, 1)


# What a script asks for


def test_a_script_gets_the_preview_alone(
    dana: User, priya: User, module: Module, client: Client
) -> None:
    busy = EnrolmentFactory(user=member(TeamFactory(), "x"), module=module).user
    MembershipFactory(user=busy, team=dana.memberships.get().team)
    response = client.post("/assign/preview/", answers(module, priya, busy))
    page = response.content.decode()
    assert "<html" not in page
    assert "Reaches 1 person" in page
    assert "Leaves 1 person as they are" in page
    assert "Already assigned. Keeps the date of" in page


def test_a_script_is_told_what_is_still_missing(dana: User, priya: User, client: Client) -> None:
    response = client.post("/assign/preview/", {"person": [priya.pk], "remind": "3"})
    page = response.content.decode()
    assert response.status_code == 200
    assert [line in page for line in ("Choose what to assign.", "Choose the last day.")] == [
        True,
        True,
    ]
    assert "Choose people or teams." not in page


def test_a_script_finds_people_and_modules(
    dana: User, priya: User, blue: Team, module: Module, client: Client
) -> None:
    member(blue, "Tomás Rivera")
    who = client.post("/assign/find/who/", {"find_who": "tom", "person": [priya.pk]}).content
    assert ["Tomás Rivera" in who.decode(), "Priya Raman" in who.decode()] == [True, True]
    what = client.post("/assign/find/what/", {"find_what": "nothing"}).content
    assert "Nothing matches." in what.decode()


@pytest.mark.parametrize("people", [1, 50])
def test_pages_cost_the_same_queries_for_any_number_of_people(
    people: int,
    dana: User,
    blue: Team,
    client: Client,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for number in range(people):
        member(blue, f"Agent {number}")
    modules = [LessonFactory().module for _ in range(people)]
    everybody = answers(modules[0], team=[blue.pk], look="1")
    client.get(reverse("courses:assign"))
    with django_assert_num_queries(9):
        client.get(URL)
    with django_assert_num_queries(20):
        client.post(URL, everybody)
    with django_assert_num_queries(12):
        client.post("/assign/preview/", everybody)
    with django_assert_num_queries(8):
        client.post("/assign/find/who/", everybody)


def test_each_person_is_listed_with_each_mail_or_why_they_get_nothing(
    dana: User, priya: User, blue: Team, module: Module, client: Client
) -> None:
    EnrolmentFactory(user=priya, module=module)
    member_of(blue, name="Tomás Rivera", time_zone="America/Denver")
    sent = answers(module, team=[blue.pk])
    page = " ".join(client.post("/assign/everybody/", sent).content.decode().split())
    assert "Left as they are: Already assigned" in page
    assert "Now, when you assign" in page
    assert page.count("MST") == 2
    back = client.post(URL, {**sent, "look": "1"})
    assert back.status_code == 200
