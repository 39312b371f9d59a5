"""The preview of an assignment: each person, each reason, each mail with its local time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from courses.actions.assigning import assign_module
from courses.actions.reminders import plan_learning_reminders
from courses.models import Module
from courses.queries.assignments import (
    AssignmentPreview,
    MailMoment,
    PersonReached,
    PersonSkipped,
    PlannedMail,
    preview_assignment,
)
from courses.queries.audience import AssignmentChoice, Standing, UnknownAudience
from courses.reminder_times import ReminderChoice
from portal.notifications.models import OutgoingEmail
from portal.people.models import Team, User
from tests.factories.courses import CompletionFactory, EnrolmentFactory, ModuleFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db

NEXT_FRIDAY = date(2026, 12, 4)
NINE = time(9)


@pytest.fixture
def blue() -> Team:
    return TeamFactory()


@pytest.fixture
def dana(blue: Team) -> User:
    lead = PersonFactory(lead=True)
    MembershipFactory(user=lead, team=blue, is_lead=True)
    return lead


@pytest.fixture
def module() -> Module:
    return ModuleFactory()


def member(blue: Team, name: str, **fields: object) -> User:
    person = PersonFactory(name=name, **fields)
    MembershipFactory(user=person, team=blue)
    return person


def everybody_of(blue: Team, module: Module, **fields: object) -> AssignmentChoice:
    values = {"due_on": NEXT_FRIDAY, "reminders": ReminderChoice(), **fields}
    return AssignmentChoice(module, frozenset(), frozenset({blue.pk}), **values)  # type: ignore[arg-type]


def test_a_preview_names_each_person_each_reason_and_each_mail(
    blue: Team, dana: User, module: Module
) -> None:
    tomas = member(blue, "Tomás Rivera", time_zone="America/Phoenix")
    aisha = member(blue, "Aisha Khan")
    priya = member(blue, "Priya Raman")
    grace = member(blue, "Grace Liu")
    jomar = member(blue, "Jomar Santos", is_active=False)
    EnrolmentFactory(user=priya, module=module, due_on=date(2026, 11, 20))
    CompletionFactory(user=grace, module=module)
    for _ in range(3):
        EnrolmentFactory(user=tomas, due_on=date(2026, 12, 2))
    EnrolmentFactory(user=tomas, due_on=date(2026, 12, 7))
    EnrolmentFactory(user=tomas, due_on=date(2026, 12, 2), finished=True)
    choice = everybody_of(blue, module)

    assert preview_assignment(choice, viewer=dana, at=MONDAY) == AssignmentPreview(
        choice=choice,
        reached=2,
        reached_people=(
            PersonReached(aisha.pk, "Aisha Khan", "America/New_York", 0),
            PersonReached(tomas.pk, "Tomás Rivera", "America/Phoenix", 3),
        ),
        skipped=3,
        skipped_people=(
            PersonSkipped(grace.pk, "Grace Liu", Standing.FINISHED, None, MONDAY),
            PersonSkipped(jomar.pk, "Jomar Santos", Standing.INACTIVE, None, None),
            PersonSkipped(priya.pk, "Priya Raman", Standing.ASSIGNED, date(2026, 11, 20), None),
        ),
        mails=(
            PlannedMail(MailMoment.ASSIGNED, None, None, 2),
            PlannedMail(MailMoment.REMINDER, date(2026, 12, 1), NINE, 2),
            PlannedMail(MailMoment.OVERDUE, date(2026, 12, 7), NINE, 2),
        ),
        days_off=0,
        unreminded=0,
    )


def test_mails_are_gathered_by_the_time_on_each_persons_clock(
    blue: Team, dana: User, module: Module
) -> None:
    for zone in ("America/New_York", "Asia/Manila", "Europe/London"):
        member(blue, "Office", time_zone=zone)
    member(blue, "Early", work_starts=time(7, 30))
    member(blue, "Weekend", working_days=[5, 6])

    found = preview_assignment(everybody_of(blue, module), viewer=dana, at=MONDAY)

    assert found.mails == (
        PlannedMail(MailMoment.ASSIGNED, None, None, 5),
        PlannedMail(MailMoment.REMINDER, date(2026, 11, 29), NINE, 1),
        PlannedMail(MailMoment.REMINDER, date(2026, 12, 1), time(7, 30), 1),
        PlannedMail(MailMoment.REMINDER, date(2026, 12, 1), NINE, 3),
        PlannedMail(MailMoment.OVERDUE, date(2026, 12, 5), NINE, 1),
        PlannedMail(MailMoment.OVERDUE, date(2026, 12, 7), time(7, 30), 1),
        PlannedMail(MailMoment.OVERDUE, date(2026, 12, 7), NINE, 3),
    )
    assert found.days_off == 1


def test_who_is_told_too_late_for_a_reminder_is_counted(
    blue: Team, dana: User, module: Module
) -> None:
    member(blue, "Here")
    soon = everybody_of(blue, module, due_on=date(2026, 11, 25))
    found = preview_assignment(soon, viewer=dana, at=MONDAY)
    assert (found.unreminded, [mail.moment for mail in found.mails]) == (
        1,
        [MailMoment.ASSIGNED, MailMoment.OVERDUE],
    )


def test_who_wants_no_reminders_gets_one_mail(blue: Team, dana: User, module: Module) -> None:
    member(blue, "Here")
    never = ReminderChoice(days_before=None, notes_overdue=False)
    found = preview_assignment(everybody_of(blue, module, reminders=never), viewer=dana, at=MONDAY)
    assert found.mails == (PlannedMail(MailMoment.ASSIGNED, None, None, 1),)
    assert found.unreminded == 0


def test_a_day_that_is_over_somewhere_skips_who_is_there(
    blue: Team, dana: User, module: Module
) -> None:
    there = member(blue, "Far east", time_zone="Pacific/Kiritimati")
    member(blue, "Here")
    today = everybody_of(blue, module, due_on=date(2026, 11, 23))
    found = preview_assignment(today, viewer=dana, at=MONDAY)
    assert (found.reached, found.skipped) == (1, 1)
    assert found.skipped_people == (
        PersonSkipped(there.pk, "Far east", Standing.DAY_IS_OVER, None, None),
    )


def test_of_many_people_the_first_are_named(blue: Team, dana: User, module: Module) -> None:
    for number in range(15):
        member(blue, f"Agent {number:02}")
        EnrolmentFactory(user=member(blue, f"Busy {number:02}"), module=module)
    found = preview_assignment(everybody_of(blue, module), viewer=dana, at=MONDAY)
    assert (found.reached, len(found.reached_people), found.reached_unnamed) == (15, 12, 3)
    assert (found.skipped, len(found.skipped_people), found.skipped_unnamed) == (15, 12, 3)
    assert found.reached_people[0].name == "Agent 00"


def test_people_of_other_teams_answer_like_nobody_at_all(
    blue: Team, dana: User, module: Module
) -> None:
    stranger = PersonFactory()
    choice = AssignmentChoice(
        module, frozenset({stranger.pk}), frozenset(), NEXT_FRIDAY, ReminderChoice()
    )
    with pytest.raises(UnknownAudience):
        preview_assignment(choice, viewer=dana, at=MONDAY)


def test_what_is_previewed_is_what_happens(blue: Team, dana: User, module: Module) -> None:
    """Three zones, a day off and somebody who has it: the mails that go out are those shown."""
    for zone in ("America/New_York", "Asia/Kathmandu", "Pacific/Pago_Pago"):
        member(blue, "Office", time_zone=zone)
    member(blue, "Weekend", working_days=[5, 6], time_zone="Europe/London")
    EnrolmentFactory(user=member(blue, "Busy"), module=module)
    choice = everybody_of(blue, module)
    found = preview_assignment(choice, viewer=dana, at=MONDAY)

    assign_module(choice, by=dana, at=MONDAY)
    for hours in range(0, 16 * 24, 2):
        plan_learning_reminders(now=MONDAY + timedelta(hours=hours))

    assert found.reached == 4
    assert sum(mail.people for mail in found.mails) == OutgoingEmail.objects.count() == 12


def test_the_fingerprint_changes_with_what_a_lead_would_see(
    blue: Team, dana: User, module: Module
) -> None:
    member(blue, "Here")
    choice = everybody_of(blue, module)
    before = preview_assignment(choice, viewer=dana, at=MONDAY).fingerprint
    later = datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert preview_assignment(choice, viewer=dana, at=later).fingerprint == before
    friday = preview_assignment(everybody_of(blue, module, due_on=FRIDAY), viewer=dana, at=MONDAY)
    member(blue, "New")
    grown = preview_assignment(choice, viewer=dana, at=MONDAY)
    assert len({before, friday.fingerprint, grown.fingerprint}) == 3


@pytest.mark.parametrize("people", [1, 50])
def test_a_preview_costs_four_queries_for_any_number_of_people(
    people: int,
    blue: Team,
    dana: User,
    module: Module,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for number in range(people):
        member(blue, f"Agent {number:02}")
    list(dana.led_paths)
    with django_assert_num_queries(4):
        preview_assignment(everybody_of(blue, module), viewer=dana, at=MONDAY)
