"""The preview of an assignment: each person, each reason, each mail with its local time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from courses.actions.assigning import assign_learning
from courses.actions.reminders import plan_learning_reminders
from courses.due_dates import DuePolicy
from courses.models import Course, Module
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
from tests.factories.courses import (
    CompletionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)
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


def everybody_of(blue: Team, module: Module | Course, **fields: object) -> AssignmentChoice:
    due = DuePolicy.on_date(fields.pop("due_on", NEXT_FRIDAY))  # type: ignore[arg-type]  # named by each test
    values = {"due": due, "reminders": ReminderChoice(), **fields}
    return AssignmentChoice(what=module, teams=frozenset({blue.pk}), **values)  # type: ignore[arg-type]  # named by each test


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
        modules=(module,),
        reached=2,
        reached_people=(
            PersonReached(aisha.pk, "Aisha Khan", "America/New_York", NEXT_FRIDAY, None, 0),
            PersonReached(tomas.pk, "Tomás Rivera", "America/Phoenix", NEXT_FRIDAY, None, 3),
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
        what=module,
        people=frozenset({stranger.pk}),
        due=DuePolicy.on_date(NEXT_FRIDAY),
        reminders=ReminderChoice(),
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

    assign_learning(choice, by=dana, at=MONDAY)
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


def test_days_are_counted_for_each_person_and_their_week_looked_at(
    blue: Team, dana: User, module: Module
) -> None:
    old = member(blue, "Old hand", joined_on=date(2020, 1, 6))
    new = member(blue, "Trainee", joined_on=date(2026, 11, 30))
    EnrolmentFactory(user=new, due_on=date(2026, 12, 18))
    EnrolmentFactory(user=old, due_on=date(2026, 12, 18))
    choice = everybody_of(blue, module, closes_days_after=7)
    choice = replace(choice, due=DuePolicy.after_hire(14))
    found = preview_assignment(choice, viewer=dana, at=MONDAY)
    dec = partial(date, 2026, 12)
    assert found.reached_people == (
        PersonReached(old.pk, "Old hand", "America/New_York", dec(7), dec(14), 0),
        PersonReached(new.pk, "Trainee", "America/New_York", dec(14), dec(21), 1),
    )
    assert [(mail.on, mail.people) for mail in found.mails] == [
        (None, 2),
        (dec(4), 1),
        (dec(8), 1),
        (dec(11), 1),
        (dec(15), 1),
    ]


def test_a_course_reaches_who_lacks_one_of_its_modules(blue: Team, dana: User) -> None:
    first = LessonFactory().module
    second = LessonFactory(module=ModuleFactory(course=first.course)).module
    lacking, done, exempt = (member(blue, name) for name in ("A", "B", "C"))
    for person in (lacking, done, exempt):
        CompletionFactory(user=person, module=first)
    CompletionFactory(user=done, module=second)
    EnrolmentFactory(user=exempt, module=second, withdrawn=True, withdrawn_as="exempt")
    found = preview_assignment(everybody_of(blue, first.course), viewer=dana, at=MONDAY)
    assert (found.modules, [one.name for one in found.reached_people]) == ((first, second), ["A"])
    assert [(one.name, one.standing) for one in found.skipped_people] == [
        ("B", Standing.FINISHED),
        ("C", Standing.EXEMPT),
    ]


@pytest.mark.parametrize("people", [1, 50])
def test_a_preview_costs_five_queries_for_any_number_of_people(
    people: int,
    blue: Team,
    dana: User,
    module: Module,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for number in range(people):
        member(blue, f"Agent {number:02}")
    list(dana.led_paths)
    with django_assert_num_queries(5):
        preview_assignment(everybody_of(blue, module), viewer=dana, at=MONDAY)
