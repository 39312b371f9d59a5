"""The mail about due cards: only if asked for, once a working day, as work starts."""

from datetime import date, datetime, time, timedelta

import pytest

from assessments.actions.refresher_mails import MORNING, plan_refresher_mails
from assessments.actions.refreshing import answer_card, end_pause, pause_refreshers
from assessments.mail_kinds import REFRESHERS_DUE
from assessments.models import SpacedCard
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.preferences import choose_mails
from portal.notifications.models import OutgoingEmail
from portal.notifications.queries.preferences import mail_options
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, secrets_of
from tests.factories.refreshers import TODAY, item_card, missed_quiz
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

NINE = MONDAY.replace(day=24, hour=14)  # Tuesday, as work starts in New York
WEEK = timedelta(days=7)


def subscriber(**fields: object):
    """Return somebody who asked for the mails and has a card due from Tuesday on."""
    person = PersonFactory(**fields)
    ask_for_mails(person)
    missed_quiz(person)
    return person


def ask_for_mails(person):
    wanted = {option.kind.name for option in mail_options(person) if option.is_wanted}
    choose_mails(person, wanted={*wanted, REFRESHERS_DUE}, at=MONDAY)


def mails():
    rows = OutgoingEmail.objects.filter(kind=REFRESHERS_DUE).order_by("due_at", "pk")
    return list(rows.values_list("recipient_id", "dedupe_key", "due_at"))


def test_it_comes_as_work_starts_once_a_day():
    priya = subscriber()
    for minutes in (-5, 0, 5, 10, 179, 180, 400):
        plan_refresher_mails(now=NINE + timedelta(minutes=minutes))

    assert mails() == [(priya.pk, f"refreshers_due:{priya.pk}:2026-11-24", NINE)]


def test_nobody_gets_it_who_did_not_ask_for_it():
    missed_quiz(PersonFactory())
    assert plan_refresher_mails(now=NINE) == 0


def test_who_has_nothing_due_hears_nothing():
    ask_for_mails(PersonFactory())
    subscriber()
    SpacedCard.objects.update(due_on=date(2026, 11, 25))
    assert plan_refresher_mails(now=NINE) == 0


def test_it_comes_on_working_days_only():
    priya = subscriber(working_days=[1, 4])  # Tuesday and Friday
    days = [NINE + timedelta(days=n) for n in range(7)]
    assert [plan_refresher_mails(now=day) for day in days] == [1, 0, 0, 1, 0, 0, 0]
    assert {one for one, *_rest in mails()} == {priya.pk}


def test_it_comes_at_each_persons_own_hour():
    subscriber(time_zone="Asia/Tokyo")
    subscriber(time_zone="America/Los_Angeles")
    subscriber(work_starts=time(22), work_ends=time(6))
    hours = {}
    for quarter in range(96):
        at = datetime.combine(date(2026, 11, 25), time(), MONDAY.tzinfo) + quarter * WEEK / 672
        if number := plan_refresher_mails(now=at):
            hours[at.strftime("%H:%M")] = number

    # Tokyo is 9 hours ahead of UTC, Los Angeles 8 behind; 22:00 in New York is 03:00.
    assert hours == {"00:00": 1, "03:00": 1, "17:00": 1}


def test_a_night_that_began_the_day_before_still_gets_its_mail():
    night = subscriber(work_starts=time(22), work_ends=time(6), working_days=[1])
    assert plan_refresher_mails(now=NINE.replace(day=25, hour=5, minute=30)) == 1
    assert mails()[0][:2] == (night.pk, f"refreshers_due:{night.pk}:2026-11-24")


def test_a_sweep_that_was_late_by_hours_skips_the_day():
    subscriber()
    assert plan_refresher_mails(now=NINE + MORNING) == 0


def test_while_cards_are_paused_it_does_not_come():
    priya = subscriber()
    pause_refreshers(TODAY + timedelta(days=2), by=priya, at=MONDAY)
    days = [NINE + timedelta(days=n) for n in range(3)]
    assert [plan_refresher_mails(now=day) for day in days] == [0, 0, 1]


def test_somebody_who_left_gets_none():
    priya = subscriber()
    priya.is_active = False
    priya.save()
    assert plan_refresher_mails(now=NINE) == 0


@pytest.mark.django_db(transaction=True)
def test_several_sweeps_at_once_plan_it_once():
    subscriber()
    found = all_at_once([lambda: plan_refresher_mails(now=NINE)] * 4)
    assert (sorted(found), len(mails())) == ([0, 0, 0, 1], 1)


def test_more_people_than_fit_into_a_batch_are_all_told(monkeypatch):
    monkeypatch.setattr("assessments.actions.refresher_mails._PEOPLE_PER_BATCH", 2)
    people = [subscriber() for _ in range(5)]
    assert plan_refresher_mails(now=NINE) == 5
    assert {one for one, *_rest in mails()} == {person.pk for person in people}


@pytest.mark.parametrize("people", [1, 4])
def test_a_sweep_takes_the_same_queries_for_any_number_of_people(people, django_assert_num_queries):
    for _ in range(people):
        subscriber()
    with django_assert_num_queries(6):
        plan_refresher_mails(now=NINE)


def sent(mail_server, at=NINE):
    plan_refresher_mails(now=NINE)
    deliver_due_emails(clock=lambda: at)
    return [one for one in mail_server.messages if "Five minutes" in one["Subject"]]


def test_it_says_how_many_leads_there_and_can_be_stopped(mail_server):
    subscriber()
    [mail] = sent(mail_server)

    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Five minutes: one card is due"
    assert "http://testserver/refresh/" in text
    assert "/refresh/settings/" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = mail.get_body(("html",)).get_content()
    assert not [one for one in (*secrets_of("single-choice"), "What now") if one in text + html]


def test_who_went_over_the_cards_meanwhile_is_left_alone(mail_server):
    priya = PersonFactory()
    ask_for_mails(priya)
    card = item_card(priya)
    plan_refresher_mails(now=NINE)
    answer_card(card.pk, number=1, payload=KEPT["single-choice"], by=priya, at=NINE)

    assert sent(mail_server) == []
    assert OutgoingEmail.objects.get().drop_reason == "No card is due any more."


def test_a_pause_that_begins_after_it_was_planned_counts(mail_server):
    priya = subscriber()
    plan_refresher_mails(now=NINE)
    pause_refreshers(TODAY + WEEK, by=priya, at=NINE)
    assert sent(mail_server) == []
    end_pause(by=priya, at=NINE)


def test_a_mail_of_yesterday_is_not_sent_today(mail_server):
    subscriber()
    assert sent(mail_server, at=NINE + timedelta(days=1)) == []
    assert OutgoingEmail.objects.get().drop_reason == "Its day is over."
