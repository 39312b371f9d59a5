"""Giving a programme: whom it reaches, what it assigns, and how it shows what was done."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from courses.content.programme import parse_programme
from courses.models import Enrolment, Programme, ProgrammeVersion
from portal.coaching.actions.meeting import close_session
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.programmes.actions.giving import (
    NobodyToGive,
    NotToTick,
    answer_programme,
    give_programme,
    give_tailored,
    tick_step,
    withdraw_programme,
)
from portal.programmes.models import GivenProgramme
from portal.programmes.queries.progress import programmes_visible_to, shown
from tests.factories.coaching import a_pair, planned
from tests.factories.courses import CompletionFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.factories.programmes import programme_raw, published
from tests.factories.runs import BEST_CHOICES, begin_run, play
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def pair():
    return a_pair()


@pytest.fixture
def dana(pair):
    return pair[0]


@pytest.fixture
def priya(pair):
    return pair[1]


@pytest.fixture
def call():
    return ScenarioFactory()


@pytest.fixture
def version(call):
    return published(programme_raw(call.module, call))


def states(viewer):
    found = shown(programmes_visible_to(viewer), now=LATER)
    return {one.step.id: one.standing.state.value for one in found[0].steps}


def test_each_gets_it_once_with_its_modules_and_one_mail(dana, priya, version):
    jomar = MembershipFactory(team=priya.memberships.get().team).user

    given = give_programme(version, [priya.pk, jomar.pk], by=dana, at=MONDAY, note="For you.")

    assert {one.user for one in given} == {priya, jomar}
    assert set(Enrolment.objects.values_list("user", "due_on")) == {
        (priya.pk, date(2026, 11, 28)),
        (jomar.pk, date(2026, 11, 28)),
    }
    assert list(OutgoingEmail.objects.values_list("kind").distinct()) == [("programme_given",)]
    assert OutgoingEmail.objects.count() == 2
    with pytest.raises(NobodyToGive):
        give_programme(version, [priya.pk], by=dana, at=MONDAY)


def test_days_are_counted_from_the_first_day_that_was_chosen(dana, priya, version):
    first = MONDAY.date() + timedelta(days=7)

    given = give_programme(version, [priya.pk], by=dana, at=MONDAY, starts_on=first)[0]

    assert given.starts_on == first
    assert Enrolment.objects.get(user=priya).due_on == first + timedelta(days=5)
    steps = shown([given], now=MONDAY)[0].standing.steps
    assert [one.due_on for one in steps] == [first + timedelta(days=n) for n in (5, 7, 8, 14)]


def test_people_of_other_teams_are_not_reached(dana, priya, version):
    stranger = MembershipFactory().user

    give_programme(version, [priya.pk, stranger.pk], by=dana, at=MONDAY)

    assert GivenProgramme.objects.get().user == priya
    with pytest.raises(NobodyToGive):
        give_programme(version, [stranger.pk], by=dana, at=MONDAY)
    with pytest.raises(NobodyToGive):
        give_programme(version, [dana.pk], by=priya, at=MONDAY)


def test_who_finished_a_module_before_has_that_step_done(dana, priya, call, version):
    CompletionFactory(user=priya, module=call.module)

    give_programme(version, [priya.pk], by=dana, at=MONDAY)

    assert not Enrolment.objects.exists()
    assert states(priya)["learn"] == "done"


def test_what_is_done_shows_by_itself_and_only_a_refresher_is_ticked(dana, priya, call, version):
    given = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]
    assert set(states(priya).values()) == {"open"}

    play(begin_run(call, priya, at=LATER), BEST_CHOICES, at=LATER)
    tick_step(given, "cards", at=LATER)
    session = planned(dana, priya, at=MONDAY)
    close_session(session.pk, took_place=True, by=dana, at=LATER)

    assert states(dana) == {"learn": "done", "play": "done", "cards": "done", "talk": "done"}
    with pytest.raises(NotToTick):
        tick_step(given, "learn", at=LATER)


def test_a_run_of_before_or_with_another_patient_is_not_the_step(dana, priya, call, version):
    play(begin_run(call, priya, at=MONDAY - timedelta(days=1)), BEST_CHOICES, MONDAY)
    type(priya.attempts.get()).objects.update(finished_at=MONDAY - timedelta(days=1))
    give_programme(version, [priya.pk], by=dana, at=MONDAY)

    assert states(priya)["play"] == "open"


def test_it_can_be_answered_and_taken_back(dana, priya, version):
    given = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]
    answer_programme(given, "Too much at once.", by=priya, at=LATER)
    withdraw_programme(given, by=dana, at=LATER)

    assert GivenProgramme.objects.get().answer == "Too much at once."
    assert not programmes_visible_to(priya).exists()
    deliver_due_emails(clock=lambda: LATER)
    assert OutgoingEmail.objects.get(kind="programme_given").state == "dropped"


def test_a_new_version_leaves_what_was_given_as_it_was(dana, priya, call, version):
    give_programme(version, [priya.pk], by=dana, at=MONDAY)
    raw = programme_raw(call.module, call)
    assert published(raw) == version
    newer = published(raw | {"steps": raw["steps"][:1]})

    assert (newer.number, ProgrammeVersion.objects.count()) == (2, 2)
    assert set(states(priya)) == {"learn", "play", "cards", "talk"}
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ProgrammeVersion.objects.filter(pk=version.pk).update(number=9)


def test_a_proposal_that_reaches_nobody_is_not_published_either(dana, call):
    stranger = MembershipFactory().user
    proposed = parse_programme(programme_raw(call.module, call))
    with pytest.raises(NobodyToGive):
        give_tailored(proposed, [stranger.pk], by=dana, at=MONDAY)
    assert not Programme.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_give_one_tailored_programme(dana, priya, call):
    proposed = parse_programme(programme_raw(call.module, call))
    answers = all_at_once(
        [lambda: give_tailored(proposed, [priya.pk], by=dana, at=MONDAY) for _ in range(4)]
    )
    assert sorted(type(one).__name__ for one in answers) == ["NobodyToGive"] * 3 + ["list"]
    assert (Programme.objects.count(), GivenProgramme.objects.count()) == (1, 1)
    assert OutgoingEmail.objects.filter(recipient=priya).count() == 1


def test_the_same_words_are_the_same_version_however_their_digest_was_spelled(call):
    raw = programme_raw(call.module, call)
    programme = Programme.objects.create(slug="two-weeks", title="Two weeks", summary="")
    earlier = ProgrammeVersion.objects.create(
        programme=programme, number=1, content=raw, content_sha256="0" * 64, published_at=MONDAY
    )
    assert published(raw) == earlier
