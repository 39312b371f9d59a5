"""The mails about learning: what each says when it leaves, and when it had better not leave."""

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest

from courses.actions.assigning import assign_learning, undo_assignment
from courses.actions.changing import withdraw_enrolment
from courses.actions.progress import finish_activity, note_place
from courses.actions.reminders import plan_learning_reminders
from courses.due_dates import DuePolicy
from courses.mails import assignment_letter
from courses.models import Activity, Enrolment, Module
from courses.queries.assignments import preview_assignment
from courses.queries.audience import AssignmentChoice
from courses.reminder_times import ReminderChoice
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.outbox import resend
from portal.notifications.models import OutgoingEmail
from portal.people.actions.accounts import deactivate_person
from portal.people.models import User
from tests.factories.courses import LessonFactory, ModuleFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db

# For what is due on Friday: three days before at nine, and nine on the Monday after.
REMINDED_AT = datetime(2026, 11, 24, 14, tzinfo=UTC)
NOTED_AT = datetime(2026, 11, 30, 14, tzinfo=UTC)
LAST_WEEK = MONDAY - timedelta(days=7)


@pytest.fixture
def dana() -> User:
    lead = PersonFactory(lead=True, name="Dana Whitfield", email="dana@example.org")
    MembershipFactory(user=lead, team=TeamFactory(), is_lead=True)
    return lead


@pytest.fixture
def priya(dana: User) -> User:
    person = PersonFactory(name="Priya Raman", email="priya@example.org")
    MembershipFactory(user=person, team=dana.memberships.get().team)
    return person


@pytest.fixture
def module() -> Module:
    return ModuleFactory(title="When the answer is “not yet”", slug="not-yet", course__slug="c")


@pytest.fixture
def lessons(module: Module) -> list[Activity]:
    return [LessonFactory(module=module, minutes=minutes) for minutes in (6, 16)]


def assign(
    module: Module,
    dana: User,
    *people: User,
    at: datetime = LAST_WEEK,
    due_on: date = FRIDAY,
    note: str = "",
) -> Enrolment:
    chosen = AssignmentChoice(
        what=module,
        people=frozenset(one.pk for one in people),
        due=DuePolicy.on_date(due_on),
        reminders=ReminderChoice(),
    )
    return assign_learning(chosen, by=dana, at=at, note=note).assignment.enrolments.first()


def deliver(at: datetime) -> int:
    return deliver_due_emails(clock=lambda: at)


def remind(at: datetime) -> int:
    plan_learning_reminders(now=at)
    return deliver(at)


def dropped() -> list[str]:
    mails = OutgoingEmail.objects.filter(state="dropped")
    return list(mails.values_list("drop_reason", flat=True))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.usefixtures("lessons")
def test_what_was_assigned_is_told_with_the_date_the_zone_and_the_leads_words(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    assign(module, dana, priya, at=MONDAY, note="Three callers asked this.\nIt is short.")
    assert deliver(MONDAY) == 1

    message = mail_server.messages[0]
    assert message["Subject"] == "Dana set aside 22 minutes for you"
    assert message["Reply-To"] == "dana@example.org"
    assert part(message, "plain") == (
        "Dana set aside 22 minutes for you\n\n"
        "Dana Whitfield picked a module for you. You have until the end of Friday\n"
        "27 November, New York time, and it keeps your place if a call comes in.\n\n"
        "Dana wrote:\n“Three callers asked this.\nIt is short.”\n\n"
        "When the answer is “not yet”\n"
        "About 22 min\n"
        "Due Friday 27 November, New York time\n\n"
        "Open the module:\n"
        "http://testserver/courses/c/not-yet/\n\n"
        "--\n"
        "You’re getting this because Dana Whitfield assigned you learning.\n"
        "Can’t finish by then? Reply to this message and it goes to Dana.\n"
    )


@pytest.mark.usefixtures("lessons")
def test_a_course_is_told_module_by_module_with_the_day_it_closes(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    module.course.title = "Plain words"
    module.course.save()
    LessonFactory(module=ModuleFactory(course=module.course, title="Two"), minutes=8)
    chosen = AssignmentChoice(
        what=module.course,
        people=frozenset({priya.pk}),
        due=DuePolicy.after_assigning(4),
        reminders=ReminderChoice(),
        closes_days_after=7,
    )
    preview = preview_assignment(chosen, viewer=dana, at=MONDAY)
    promised = assignment_letter(preview, to=priya, lead=dana, note="", at=MONDAY)
    assign_learning(chosen, by=dana, at=MONDAY)
    assert deliver(MONDAY) == 1

    body = part(mail_server.messages[0], "plain")
    assert body == promised.text
    assert "picked a course for you: “Plain words”. You have until\nthe end of Friday" in body
    assert (
        "When the answer is “not yet”\nAbout 22 min\n"
        "Due Friday 27 November, New York time. It closes at the end of Friday 4\nDecember\n\n"
        "Two\nAbout 8 min\n"
    ) in body
    assert "Open my learning:\nhttp://testserver/learning/\n" in body


@pytest.mark.usefixtures("lessons")
def test_the_note_is_text_and_never_markup(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    assign(module, dana, priya, at=MONDAY, note="<b>Really</b>\nshort")
    deliver(MONDAY)
    assert "“&lt;b&gt;Really&lt;/b&gt;<br>short”" in part(mail_server.messages[0], "html")


def test_a_reminder_says_how_far_they_are_and_until_when(
    mail_server: MailServer, module: Module, lessons: list[Activity], dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    deliver(LAST_WEEK)
    finish_activity(lessons[0], lessons[0].live_revision, by=priya, at=MONDAY)

    assert remind(REMINDED_AT) == 1

    message = mail_server.messages[1]
    assert message["Subject"] == "16 minutes left, Priya"
    assert message["Reply-To"] == "dana@example.org"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert part(message, "plain").startswith(
        "16 minutes left, Priya\n\n"
        "You’ve made a start on a module Dana picked for you. You have until the\n"
        "end of Friday 27 November, New York time, and it keeps your place if a\n"
        "call comes in.\n\n"
        "When the answer is “not yet”\n"
        "Step 2 of 2 · about 16 min left\n"
        "Due Friday 27 November, New York time\n\n"
        "Open the module:\n"
        "http://testserver/courses/c/not-yet/\n"
    )


@pytest.mark.usefixtures("lessons")
def test_an_overdue_note_names_the_day_it_was_due(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    for at in (LAST_WEEK, REMINDED_AT, NOTED_AT):
        remind(at)
    message = mail_server.messages[2]
    assert message["Subject"] == "This was due Friday 27 Nov, Priya"
    assert "was due on Friday 27 November. It’s still\nopen" in part(message, "plain")
    assert "Was due Friday 27 November\n" in part(message, "plain")


@pytest.mark.usefixtures("lessons")
def test_several_things_come_in_one_mail_with_one_button(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    other = LessonFactory(minutes=4).module
    assign(module, dana, priya)
    assign(other, dana, priya)
    deliver(LAST_WEEK)

    assert remind(REMINDED_AT) == 1

    message = mail_server.messages[2]
    assert message["Subject"] == "2 things to finish, Priya"
    html = part(message, "html")
    assert [title in html for title in (module.title, other.title)] == [True, True]
    assert html.count('class="btn"') == 1
    assert "Open my learning:\nhttp://testserver/learning/\n" in part(message, "plain")


@pytest.mark.usefixtures("lessons")
def test_subjects_stay_short_whatever_people_are_called(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    dana.name, priya.name = "Maximiliana-Charlotte Whitfield", "Wolfeschlegelsteinhausenbergerdorff"
    dana.save()
    priya.save()
    assign(module, dana, priya)
    for at in (LAST_WEEK, REMINDED_AT, NOTED_AT):
        remind(at)
    assert [message["Subject"] for message in mail_server.messages] == [
        "22 minutes of learning for you",
        "22 minutes left",
        "This was due Friday 27 Nov",
    ]


# Not sent after all


def test_nothing_leaves_about_what_was_finished_before_it_could(
    mail_server: MailServer, module: Module, lessons: list[Activity], dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    plan_learning_reminders(now=REMINDED_AT)
    for lesson in lessons:
        finish_activity(lesson, lesson.live_revision, by=priya, at=REMINDED_AT)
    assert deliver(REMINDED_AT) == 0
    assert sorted(dropped()) == [
        "They have finished it already.",
        "What it was about is finished, waits for marking or was withdrawn.",
    ]
    assert mail_server.messages == []


@pytest.mark.usefixtures("mail_server")
def test_nothing_leaves_about_what_was_withdrawn_or_undone(
    module: Module, dana: User, priya: User
) -> None:
    duty = assign(module, dana, priya, at=MONDAY)
    withdraw_enrolment(duty, reason="A new role.", by=dana, at=MONDAY)
    undo_assignment(assign(module, dana, priya, at=MONDAY).assignment, by=dana, at=MONDAY)
    assert deliver(MONDAY) == 0
    assert sorted(dropped()) == [*["The assignment was withdrawn."] * 2, "They never heard of it."]


@pytest.mark.usefixtures("mail_server")
def test_who_left_gets_no_more_mail(module: Module, dana: User, priya: User) -> None:
    assign(module, dana, priya)
    deactivate_person(priya, by=dana, at=MONDAY)
    assert remind(REMINDED_AT) == 0
    assert dropped() == ["This person does not use Attune any more."] * 2


@pytest.mark.usefixtures("lessons")
def test_what_is_left_is_told_when_only_a_part_was_finished(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    quick = LessonFactory()
    assign(module, dana, priya)
    assign(quick.module, dana, priya)
    deliver(LAST_WEEK)
    plan_learning_reminders(now=REMINDED_AT)
    finish_activity(quick, quick.live_revision, by=priya, at=REMINDED_AT)
    assert deliver(REMINDED_AT) == 1
    assert mail_server.messages[2]["Subject"] == "22 minutes left, Priya"


@pytest.mark.usefixtures("lessons")
def test_an_old_overdue_module_alone_is_no_reason_for_another_mail(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    quick = LessonFactory()
    assign(module, dana, priya, due_on=date(2026, 11, 20))
    assign(quick.module, dana, priya)
    deliver(LAST_WEEK)
    assert remind(MONDAY) == 1  # the module was due last Friday
    plan_learning_reminders(now=REMINDED_AT)
    finish_activity(quick, quick.live_revision, by=priya, at=REMINDED_AT)
    assert deliver(REMINDED_AT) == 0
    assert len(mail_server.messages) == 3


@pytest.mark.usefixtures("lessons")
def test_who_was_told_of_the_assignment_today_is_not_told_twice(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    mail_server.answer_to_recipient = "451 Try later"
    deliver(LAST_WEEK)
    mail_server.answer_to_recipient = ""
    plan_learning_reminders(now=REMINDED_AT)
    assert deliver(REMINDED_AT) == 1
    assert mail_server.messages[0]["Subject"] == "Dana set aside 22 minutes for you"
    assert dropped() == ["They were told about it earlier today."]


@pytest.mark.usefixtures("lessons")
def test_a_reminder_that_could_not_leave_for_days_makes_the_next_one_needless(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    deliver(LAST_WEEK)
    plan_learning_reminders(now=REMINDED_AT)
    plan_learning_reminders(now=NOTED_AT)
    assert deliver(NOTED_AT) == 1
    assert mail_server.messages[1]["Subject"] == "This was due Friday 27 Nov, Priya"
    assert dropped() == ["They were told about it earlier today."]


@pytest.mark.usefixtures("lessons")
def test_an_admin_may_send_a_reminder_again_on_the_same_day(
    mail_server: MailServer, module: Module, dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    deliver(LAST_WEEK)
    remind(REMINDED_AT)
    mail = OutgoingEmail.objects.get(kind="learning_reminder")
    resend(mail, by=PersonFactory(admin=True), at=REMINDED_AT)
    assert deliver(REMINDED_AT) == 1
    assert len(mail_server.messages) == 3


def test_a_start_shows_in_the_reminder(
    mail_server: MailServer, module: Module, lessons: list[Activity], dana: User, priya: User
) -> None:
    assign(module, dana, priya)
    deliver(LAST_WEEK)
    note_place(lessons[0], lessons[0].live_revision, by=priya, at=MONDAY)
    remind(REMINDED_AT)
    assert "Step 1 of 2 · about 22 min left" in part(mail_server.messages[1], "plain")
