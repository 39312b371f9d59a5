"""The lead's pages: the team, a person, an assignment, and taking things back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from courses.models import Assignment, Enrolment
from portal.kit.clock import local_date, now
from portal.people.models import Team, User
from tests.factories.courses import (
    AssignmentFactory,
    EnrolmentFactory,
    LessonFactory,
    ProgressFactory,
)
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team, client: Client) -> User:
    """Return the lead of the team, who is signed in."""
    lead = lead_of(blue, "Dana Whitfield")
    client.force_login(lead)
    return lead


@pytest.fixture
def priya(blue: Team) -> User:
    return member(blue, "Priya Raman")


def lead_of(team: Team, name: str = "Another lead") -> User:
    lead = PersonFactory(lead=True, name=name)
    MembershipFactory(user=lead, team=team, is_lead=True)
    return lead


def member(team: Team, name: str) -> User:
    person = PersonFactory(name=name)
    MembershipFactory(user=person, team=team)
    return person


def enrolled(user: User, made_by: User, *, days: int = 3) -> Enrolment:
    module = LessonFactory(title="The first lesson").module
    due_on = local_date(now(), user.time_zone) + timedelta(days=days)
    assignment = AssignmentFactory(module=module, made_by=made_by, made_at=now(), due_on=due_on)
    return EnrolmentFactory(user=user, module=module, assignment=assignment, due_on=due_on)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


# Who may


def test_pages_are_for_leads_and_admins_and_show_their_own_people_only(
    blue: Team, priya: User, client: Client
) -> None:
    enrolment = enrolled(priya, lead_of(blue))
    pages = (
        "/team/",
        f"/team/people/{priya.pk}/",
        f"/team/assignments/{enrolment.assignment_id}/",
        f"/team/enrolments/{enrolment.pk}/",
    )
    viewers = {
        "nobody": None,
        "agent": PersonFactory(),
        "author": PersonFactory(author=True),
        "themselves": priya,
        "their lead": lead_of(blue),
        "the lead of the program": lead_of(blue.parent),
        "admin": PersonFactory(admin=True),
        "the lead of another team": lead_of(TeamFactory()),
    }
    answers = {}
    for name, viewer in viewers.items():
        client.logout()
        if viewer:
            client.force_login(viewer)
        answers[name] = [client.get(page).status_code for page in pages]
    assert answers == {
        "nobody": [302, 302, 302, 302],
        "agent": [403, 403, 403, 403],
        "author": [403, 403, 403, 403],
        "themselves": [403, 403, 403, 403],
        "their lead": [200, 200, 200, 200],
        "the lead of the program": [200, 200, 200, 200],
        "admin": [200, 200, 200, 200],
        "the lead of another team": [200, 404, 404, 404],
    }


def test_changes_are_for_who_oversees_the_person_or_made_the_assignment(
    blue: Team, priya: User, client: Client
) -> None:
    enrolment = enrolled(priya, lead_of(blue))
    urls = (
        f"/team/enrolments/{enrolment.pk}/",
        f"/team/assignments/{enrolment.assignment_id}/undo/",
    )
    answers = []
    for viewer in (PersonFactory(), priya, lead_of(TeamFactory())):
        client.force_login(viewer)
        answers.append([client.post(url).status_code for url in urls])
    client.force_login(lead_of(blue))  # who oversees her, but did not assign it
    answers.append([client.post(urls[1]).status_code])
    assert answers == [[403, 403], [403, 403], [404, 404], [404]]
    assert Enrolment.objects.open().count() == 1


def test_what_does_not_exist_answers_as_what_belongs_to_another_team(
    dana: User, client: Client
) -> None:
    stranger = member(TeamFactory(), "Stranger")
    elsewhere = enrolled(stranger, lead_of(TeamFactory()))
    for address, existing in (
        ("/team/people/{}/", stranger.pk),
        ("/team/assignments/{}/", elsewhere.assignment_id),
        ("/team/enrolments/{}/", elsewhere.pk),
    ):
        found = [client.get(address.format(pk)) for pk in (existing, 10**9)]
        assert [response.status_code for response in found] == [404, 404]
        assert found[0].templates[0].name == found[1].templates[0].name


# The team


def test_a_team_without_people_says_so(dana: User, client: Client) -> None:
    page = text(client, "/team/")
    assert "Nobody is on your team yet" in page
    assert "Nothing is overdue, and nothing is due within a week." in page


def test_the_team_shows_each_person_with_what_presses_most(
    dana: User, blue: Team, priya: User, client: Client
) -> None:
    member(blue, "Jomar Santos")
    late = enrolled(priya, dana, days=-3)
    page = text(client, "/team/")
    assert "Jomar Santos" in page
    assert "Nothing open" in page
    assert late.module.title in page
    assert "0 of 1 done" in page
    assert "Overdue by 3 days" in page
    assert f'name="person" value="{priya.pk}"' in page


def test_a_filter_that_fits_nobody_offers_the_way_back(
    dana: User, priya: User, client: Client
) -> None:
    page = text(client, "/team/?q=nobody")
    assert "Nobody matches" in page
    assert 'href="/team/"' in page
    assert "Priya Raman" in text(client, "/team/?state=nonsense&team=x&after=x&before=-1")


def test_another_leads_team_is_no_filter(dana: User, priya: User, client: Client) -> None:
    other = TeamFactory()
    page = text(client, f"/team/?team={other.pk}")
    assert "Priya Raman" in page
    assert other.name not in page


# A person


def test_a_person_shows_their_steps_with_dates(dana: User, priya: User, client: Client) -> None:
    enrolment = enrolled(priya, dana)
    ProgressFactory(user=priya, activity=enrolment.module.activities.get(), finished=True)
    page = text(client, f"/team/people/{priya.pk}/")
    assert "Scheduling Blue" in page
    assert "Priya and their leads can see this" in page
    assert "The first lesson" in page
    assert "Mon 23 Nov 2026" in page
    assert "assigned by Dana Whitfield" in page


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("extended", ""),
        ("exempted", "exempt"),
        ("withdrawn", "withdrawn"),
    ],
)
def test_a_duty_is_changed_with_a_reason_that_stays_on_the_page(
    kind: str, state: str, dana: User, priya: User, client: Client
) -> None:
    enrolment = enrolled(priya, dana)
    later = (enrolment.due_on + timedelta(days=7)).isoformat()
    url = f"/team/enrolments/{enrolment.pk}/"
    assert "What should change for Priya?" in text(client, url)
    sent = {"kind": kind, "due_on": later, "reason": "You were ill."}
    response = client.post(url, sent, follow=True)
    assert response.redirect_chain == [(f"/team/people/{priya.pk}/", 302)]
    page = response.content.decode()
    assert ["Saved, and Priya is told." in page, "“You were ill.”" in page] == [True, True]
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_as == state


def test_a_change_needs_a_kind_a_reason_and_a_later_day(
    dana: User, priya: User, client: Client
) -> None:
    url = f"/team/enrolments/{enrolled(priya, dana).pk}/"
    response = client.post(url, {})
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"kind": ["Choose what should change."], "reason": ["Say why, in a few words."]},
    )
    earlier = {"kind": "extended", "due_on": "2020-01-03", "reason": "Ill."}
    assert client.post(url, earlier).context["form"].errors == {
        "due_on": ["Choose a later day than the one they have."]
    }


def test_what_was_just_finished_leaves_nothing_to_change(
    dana: User, priya: User, client: Client
) -> None:
    enrolment = enrolled(priya, dana)
    Enrolment.objects.update(completed_at=now())
    response = client.post(f"/team/enrolments/{enrolment.pk}/", {"kind": "withdrawn"})
    assert (response.status_code, "This is over" in response.content.decode()) == (422, True)


# An assignment


def test_an_assignment_shows_whom_it_reached(dana: User, priya: User, client: Client) -> None:
    enrolment = enrolled(priya, dana)
    page = text(client, f"/team/assignments/{enrolment.assignment_id}/")
    assert "Priya Raman" in page
    assert "Due soon" in page
    assert "You can undo this until" in page


def test_undoing_tells_for_how_many_people_and_then_offers_it_no_more(
    dana: User, priya: User, client: Client
) -> None:
    enrolment = enrolled(priya, dana)
    url = f"/team/assignments/{enrolment.assignment_id}/"
    response = client.post(f"{url}undo/", follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(url, 302)]
    assert "Undone for 1 person." in page
    assert "This assignment was undone on" in page
    assert 'id="undo"' not in page
    assert not Enrolment.objects.open().exists()


def test_after_an_hour_undoing_is_refused_kindly(dana: User, priya: User, client: Client) -> None:
    enrolment = enrolled(priya, dana)
    Assignment.objects.update(made_at=now() - timedelta(hours=2))
    url = f"/team/assignments/{enrolment.assignment_id}/"
    assert 'id="undo"' not in text(client, url)
    response = client.post(f"{url}undo/", follow=True)
    assert "more than an hour ago" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_pages_cost_the_same_queries_for_any_number_of_rows(
    rows: int,
    dana: User,
    blue: Team,
    priya: User,
    client: Client,
    django_assert_num_queries: Callable[..., object],
) -> None:
    lesson = LessonFactory()
    assignment = AssignmentFactory(module=lesson.module, made_by=dana)
    for number in range(rows):
        person = member(blue, f"Agent {number:02}")
        EnrolmentFactory(user=person, module=lesson.module, assignment=assignment)
        EnrolmentFactory(user=priya, assignment__made_by=dana)
    client.get("/team/")
    with django_assert_num_queries(11):
        client.get("/team/")
    with django_assert_num_queries(7):
        client.get(f"/team/people/{priya.pk}/")
    with django_assert_num_queries(6):
        client.get(f"/team/assignments/{assignment.pk}/")
