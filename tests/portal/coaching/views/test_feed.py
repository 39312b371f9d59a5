"""The calendar feed, read back by a parser: what is due, whom one meets, and for whose eyes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from portal.coaching.actions.feeding import close_feed, open_feed
from portal.coaching.actions.scheduling import Meeting, cancel_session, move_session
from portal.coaching.feed_links import feed_link
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.coaching import a_pair, planned
from tests.factories.courses import EnrolmentFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

PAGE = reverse("coaching:my-feed")


@pytest.fixture
def dana() -> User:
    return a_pair()[0]


@pytest.fixture
def priya(dana: User) -> User:
    return User.objects.get(name="Priya Raman")


def path_of(user: User) -> str:
    return feed_link(open_feed(by=user, at=MONDAY)).removeprefix(settings.SITE_URL)


def events(response) -> list:
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_due_day_is_a_whole_day_that_takes_no_time(client, priya):
    duty = EnrolmentFactory(user=priya, due_on=date(2026, 11, 1), module__title="Plain words")
    EnrolmentFactory(user=PersonFactory())
    EnrolmentFactory(user=priya, completed_at=MONDAY)
    EnrolmentFactory(user=priya, withdrawn=True)

    [event] = events(client.get(path_of(priya)))

    assert event["SUMMARY"] == "Due: Plain words"
    assert event["UID"].startswith(f"due-{duty.pk}@")
    assert (event.start, event.end) == (date(2026, 11, 1), date(2026, 11, 2))
    assert event["TRANSP"] == "TRANSPARENT"
    assert duty.module.slug in event["URL"]


def test_a_session_stands_at_its_moment_across_a_clock_change(client, dana, priya):
    # In New York the clocks go back on November 1, 2026, at two in the morning.
    starts_at = datetime(2026, 11, 1, 15, 0, tzinfo=UTC)
    held = planned(dana, priya, starts_at=starts_at, place="Room 4", word="About Ana")

    [event] = events(client.get(path_of(priya)))

    assert event["SUMMARY"] == "Feedback session with Dana Whitfield"
    assert (event.start, event.end) == (starts_at, starts_at + timedelta(minutes=30))
    assert event["LOCATION"] == "Room 4"
    assert event["UID"].startswith(f"session-{held.pk}@")
    assert "Ana" not in str(event.to_ical())


def test_each_sees_the_other_and_a_stranger_sees_neither(client, dana, priya):
    planned(dana, priya, starts_at=now() + timedelta(days=2))

    assert [one["SUMMARY"] for one in events(client.get(path_of(dana)))] == [
        "Feedback session with Priya Raman"
    ]
    assert events(client.get(path_of(PersonFactory()))) == []


def test_a_moved_session_keeps_its_name_and_rises_and_a_cancelled_one_is_gone(client, dana, priya):
    session = planned(dana, priya, starts_at=now() + timedelta(days=2), at=now())
    address = path_of(priya)
    [before] = events(client.get(address))
    later = Meeting(starts_at=now() + timedelta(days=3), minutes=45)
    move_session(session.pk, later, by=dana, at=now())
    [after] = events(client.get(address))

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.end - after.start == timedelta(minutes=45)

    cancel_session(session.pk, by=dana, at=now(), words="")
    assert events(client.get(address)) == []


def test_it_is_told_in_the_language_of_its_reader(client, priya):
    EnrolmentFactory(user=priya)
    user = PersonFactory(language="de")

    assert client.get(path_of(user)).status_code == 200


def test_the_address_stays_the_same_until_it_is_renewed(client, priya):
    client.force_login(priya)
    path = path_of(priya)

    assert path in client.get(PAGE).text
    assert path in client.get(PAGE).text


def test_a_new_address_ends_the_one_before(client, priya):
    first, second = path_of(priya), path_of(priya)

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_an_address_ends_when_it_is_turned_off_or_its_person_leaves(client, priya):
    address = path_of(priya)
    close_feed(by=priya, at=MONDAY)
    assert client.get(address).status_code == 404

    address = path_of(priya)
    User.objects.filter(pk=priya.pk).update(is_active=False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["nonsense", "WzEsMV0:1abc:def"])
def test_an_address_that_was_made_up_is_nothing(client, token):
    assert client.get(f"/calendar/{token}/attune.ics").status_code == 404


def test_a_calendar_program_asks_twice_and_leaves_nothing_behind(
    client, priya, django_assert_num_queries
):
    address = path_of(priya)
    with django_assert_num_queries(3):
        client.get(address)
    assert client.head(address).status_code == 200
    assert not client.cookies


def test_one_makes_an_address_and_turns_it_off(client, priya):
    client.force_login(priya)
    assert "Make my address" in client.get(PAGE).text

    shown = client.post(PAGE, {"do": "open"}, follow=True).text
    assert "attune.ics" in shown
    assert "webcal://" in shown

    assert "Make my address" in client.post(PAGE, {"do": "close"}, follow=True).text
    client.post(PAGE, {"do": "close"})
