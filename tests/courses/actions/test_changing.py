"""More time, exemptions and withdrawals: with a reason, told to the person, reminders following."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.actions.assigning import NobodyNew, assign_learning
from courses.actions.changing import (
    AlreadyFinished,
    IsOver,
    NoLaterDay,
    end_exemption,
    exempt_enrolment,
    extend_enrolment,
    withdraw_enrolment,
)
from courses.actions.reminders import close_what_is_over, plan_learning_reminders
from courses.models import Enrolment, EnrolmentChange
from portal.audit.models import AuditEvent
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import Team, User
from tests.factories.assigning import choice, lead_of, member_of
from tests.factories.courses import EnrolmentFactory, ModuleFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import TeamFactory
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db

A_WEEK_LATER = FRIDAY + timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
def blue() -> Team:
    return TeamFactory()


@pytest.fixture
def dana(blue: Team) -> User:
    return lead_of(blue, name="Dana Whitfield")


@pytest.fixture
def priya(blue: Team) -> User:
    return member_of(blue, name="Priya Raman")


@pytest.fixture
def duty(blue: Team, dana: User, priya: User) -> Enrolment:
    module = ModuleFactory(title="Plain words")
    chosen = choice(module, priya, due_on=FRIDAY, closes_days_after=1)
    return assign_learning(chosen, by=dana, at=MONDAY).assignment.enrolments.get()


def test_more_time_moves_the_day_its_closing_and_the_reminders(dana: User, duty: Enrolment) -> None:
    Enrolment.objects.update(reminded_at=MONDAY)
    extend_enrolment(duty, due_on=A_WEEK_LATER, reason="You were ill.", by=dana, at=MONDAY)
    duty.refresh_from_db()
    moments = (duty.due_on, duty.due_at, duty.closes_at, duty.remind_at, duty.reminded_at)
    assert moments == (
        date(2026, 12, 4),
        datetime(2026, 12, 5, 4, 59, 59, tzinfo=UTC),
        datetime(2026, 12, 6, 4, 59, 59, tzinfo=UTC),
        datetime(2026, 12, 1, 14, tzinfo=UTC),
        None,
    )
    change = EnrolmentChange.objects.get()
    assert (change.kind, change.reason, change.due_on_before, change.due_on_after) == (
        "extended",
        "You were ill.",
        FRIDAY,
        A_WEEK_LATER,
    )
    event = AuditEvent.objects.get(verb="extended duty")
    assert (event.actor_id, event.details["reason"]) == (dana.pk, "You were ill.")


def test_each_change_is_told_once_with_its_reason(
    dana: User, duty: Enrolment, mail_server: MailServer
) -> None:
    deliver_due_emails(clock=lambda: MONDAY)
    extend_enrolment(duty, due_on=A_WEEK_LATER, reason="You were ill.", by=dana, at=MONDAY)
    deliver_due_emails(clock=lambda: MONDAY)
    withdraw_enrolment(duty, reason="A new role.", by=dana, at=MONDAY + HOUR)
    withdraw_enrolment(duty, reason="Twice.", by=dana, at=MONDAY + HOUR)
    deliver_due_emails(clock=lambda: MONDAY + HOUR)
    told = [message["Subject"] for message in mail_server.messages[1:]]
    assert told == ["More time for “Plain words”", "Off your list: “Plain words”"]
    text = mail_server.messages[1].get_body(("plain",)).get_content()
    assert "until the end of Friday 4 December" in " ".join(text.split())
    assert "“You were ill.”" in text


def test_a_change_that_was_changed_again_is_not_told(dana: User, duty: Enrolment) -> None:
    extend_enrolment(duty, due_on=A_WEEK_LATER, reason="Ill.", by=dana, at=MONDAY)
    exempt_enrolment(duty, reason="A new role.", by=dana, at=MONDAY)
    deliver_due_emails(clock=lambda: MONDAY)
    dropped = OutgoingEmail.objects.filter(state="dropped").values_list("drop_reason", flat=True)
    assert "It was changed again since." in dropped


def test_what_has_closed_is_open_again_with_more_time(dana: User, duty: Enrolment) -> None:
    later = MONDAY + timedelta(days=10)
    close_what_is_over(now=later)
    extend_enrolment(duty, due_on=date(2026, 12, 11), reason="Ill.", by=dana, at=later)
    assert Enrolment.objects.open().get() == duty


def test_only_a_later_day_that_is_not_over_is_more_time(dana: User, duty: Enrolment) -> None:
    for day, at in ((FRIDAY, MONDAY), (A_WEEK_LATER, MONDAY + timedelta(days=20))):
        with pytest.raises(NoLaterDay):
            extend_enrolment(duty, due_on=day, reason="Ill.", by=dana, at=at)


def test_what_is_over_gets_no_more_time(dana: User, duty: Enrolment) -> None:
    withdraw_enrolment(duty, reason="A new role.", by=dana, at=MONDAY)
    with pytest.raises(IsOver):
        extend_enrolment(duty, due_on=A_WEEK_LATER, reason="Ill.", by=dana, at=MONDAY)
    with pytest.raises(IsOver):
        exempt_enrolment(duty, reason="Ill.", by=dana, at=MONDAY)
    for change in (withdraw_enrolment, exempt_enrolment):
        with pytest.raises(AlreadyFinished, match="finished it in the meantime"):
            change(EnrolmentFactory(finished=True), reason="Ill.", by=dana, at=MONDAY)


def test_what_closed_and_was_assigned_anew_gets_more_time_there(
    dana: User, priya: User, duty: Enrolment
) -> None:
    later = MONDAY + timedelta(days=10)
    close_what_is_over(now=later)
    EnrolmentFactory(user=priya, module=duty.module)
    with pytest.raises(IsOver, match="They have it again"):
        extend_enrolment(duty, due_on=date(2026, 12, 11), reason="Ill.", by=dana, at=later)


def test_who_is_exempt_is_not_reminded_nor_assigned_it_until_that_ends(
    dana: User, priya: User, duty: Enrolment
) -> None:
    exempt_enrolment(duty, reason="Taught it herself.", by=dana, at=MONDAY)
    assert plan_learning_reminders(now=MONDAY + timedelta(days=30)) == 0
    again = choice(duty.module, priya)
    with pytest.raises(NobodyNew):
        assign_learning(again, by=dana, at=MONDAY)
    end_exemption(duty, reason="The module is new.", by=dana, at=MONDAY)
    assert end_exemption(duty, reason="Twice.", by=dana, at=MONDAY) is None
    assert assign_learning(again, by=dana, at=MONDAY).people == 1
