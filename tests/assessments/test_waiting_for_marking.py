"""Whoever only waits for a mark reads so on every screen, and no mail presses them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from assessments.actions.marking import mark_answer
from assessments.models import AnswerMark
from courses.actions.progress import finish_activity
from courses.actions.reminders import close_what_is_over, plan_learning_reminders
from courses.learning_state import LearningState
from courses.models import ActivityProgress, Enrolment, Module
from courses.queries.by_name import Place
from courses.queries.following import assignment_page, person_learning
from courses.queries.learning import my_learning
from courses.queries.overseen import overseen_by
from courses.queries.states import ONLY_WAITS, enrolments_in
from courses.queries.team import TeamFilter, team_overview, team_page
from portal.kit.clock import now as the_clock
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.courses import (
    AssignmentFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)
from tests.factories.marks import FULL_MARKS, handed_in
from tests.factories.moments import MONDAY
from tests.factories.quizzes import marked_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

NO_MARKS = {"facts": 0, "next": 0}
LONG_AGO, YESTERDAY = date(2026, 11, 2), MONDAY - timedelta(days=1)
PAGE = Place()


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def dana(pair) -> User:
    return pair[0]


@pytest.fixture
def priya(pair) -> User:
    return pair[1]


@pytest.fixture
def module() -> Module:
    """A module of a lesson and a quiz that a lead marks."""
    module = ModuleFactory(title="Say it in writing")
    LessonFactory(module=module)
    QuizFactory(module=module, published=marked_raw(pass_mark=90))
    return module


@pytest.fixture
def duty(priya, dana, module) -> Enrolment:
    """It was due three weeks ago, every mail about it has come, and it closed yesterday."""
    assignment = AssignmentFactory(module=module, due_on=LONG_AGO, made_by=dana)
    enrolment: Enrolment = EnrolmentFactory(
        user=priya,
        module=module,
        assignment=assignment,
        due_on=LONG_AGO,
        remind_at=MONDAY - timedelta(days=30),
        overdue_note_at=MONDAY - timedelta(days=20),
        closes_at=YESTERDAY,
    )
    return enrolment


@pytest.fixture
def waiting(priya, module, duty) -> AnswerMark:
    """Priya has read the lesson and handed in the quiz, which is all there is."""
    return hand_in(priya, module)


def hand_in(priya: User, module: Module, *, reads: bool = True) -> AnswerMark:
    lesson, quiz = module.activities.order_by("pk")
    if reads:
        finish_activity(lesson, lesson.live_revision, by=priya, at=MONDAY)
    return handed_in(priya, quiz)


def in_states() -> set[LearningState]:
    """Return every word under which a lead finds something, as the filter of the team does."""
    return {one for one in LearningState if enrolments_in(one, now=MONDAY).exists()}


def words_on_every_screen(dana: User, priya: User, duty: Enrolment) -> set[LearningState]:
    [row] = [
        one
        for one in team_page(overseen_by(dana), TeamFilter(), PAGE, now=MONDAY).rows
        if one.id == priya.pk
    ]
    [of_assignment] = assignment_page(duty.assignment, dana, PAGE, now=MONDAY).rows
    [view] = person_learning(priya, now=MONDAY).open
    return {row.learning.state, of_assignment.state, view.state, *in_states()}


def test_one_word_stands_on_every_screen(dana, priya, duty, waiting) -> None:
    assert words_on_every_screen(dana, priya, duty) == {LearningState.WAITING}
    overview = team_overview(overseen_by(dana), now=MONDAY)
    assert (overview.overdue.number, overview.due_soon.number, overview.pressing) == (0, 0, ())
    mine = my_learning(priya, now=MONDAY)
    assert (mine.current, mine.coming_up, mine.due_this_week) == (None, (), 0)
    assert [item.module.title for item in mine.waiting] == ["Say it in writing"]


def test_what_waits_stands_behind_what_presses(dana, priya, waiting) -> None:
    EnrolmentFactory(user=priya)
    rows = team_page(overseen_by(dana), TeamFilter(), PAGE, now=MONDAY).rows
    [row] = [one for one in rows if one.id == priya.pk]
    assert (row.learning.state, row.learning.others) == (LearningState.DUE_SOON, 1)


def test_with_anything_else_to_do_the_module_presses_as_before(dana, priya, duty, module) -> None:
    hand_in(priya, module, reads=False)
    assert words_on_every_screen(dana, priya, duty) == {LearningState.OVERDUE}
    mine = my_learning(priya, now=MONDAY)
    assert mine.waiting == ()
    assert mine.current.progress.next_step.kind == "lesson"
    assert plan_learning_reminders(now=MONDAY) == 1


def test_an_activity_that_comes_later_makes_it_press_again(dana, priya, duty, waiting) -> None:
    LessonFactory(module=duty.module)
    assert words_on_every_screen(dana, priya, duty) == {LearningState.OVERDUE}


def test_nobody_is_reminded_of_what_only_waits_and_it_does_not_close(waiting, duty) -> None:
    assert plan_learning_reminders(now=MONDAY) == 0
    assert close_what_is_over(now=MONDAY) == 0
    duty.refresh_from_db()
    assert (duty.reminded_at, duty.overdue_noted_at, duty.withdrawn_at) == (None, None, None)


def test_a_reminder_that_was_planned_before_is_dropped_when_it_would_leave(
    priya, module, duty, mail_server
) -> None:
    assert plan_learning_reminders(now=MONDAY) == 1
    hand_in(priya, module)
    OutgoingEmail.objects.filter(kind="learning_reminder").update(due_at=the_clock())
    deliver_due_emails(clock=the_clock)
    mail = OutgoingEmail.objects.get(kind="learning_reminder")
    assert mail.state == EmailState.DROPPED
    assert "waits for marking" in mail.drop_reason


def test_a_mark_that_passes_finishes_it_as_of_when_it_was_handed_in(dana, priya, module) -> None:
    duty = EnrolmentFactory(user=priya, module=module)
    mark = hand_in(priya, module)
    mark_answer(mark, levels=FULL_MARKS, comment="", by=dana, at=MONDAY + timedelta(days=3))
    duty.refresh_from_db()
    assert duty.completed_at == MONDAY
    assert in_states() == {LearningState.FINISHED}
    assert set(ActivityProgress.objects.values_list("handed_in_at", flat=True)) == {None}


def test_a_mark_that_does_not_pass_makes_it_press_again(dana, priya, duty, waiting) -> None:
    mark_answer(waiting, levels=NO_MARKS, comment="", by=dana, at=MONDAY)
    assert words_on_every_screen(dana, priya, duty) == {LearningState.OVERDUE}
    assert plan_learning_reminders(now=MONDAY) == 1


def test_what_was_passed_before_stays_finished_while_another_attempt_waits(priya, module) -> None:
    quiz = module.activities.get(kind="quiz")
    finish_activity(quiz, quiz.live_revision, by=priya, at=MONDAY)
    handed_in(priya, quiz)
    progress = ActivityProgress.objects.get(activity=quiz)
    assert (progress.finished_at, progress.handed_in_at) == (MONDAY, None)


def test_sql_and_models_say_the_same_of_each_enrolment(priya, module, duty) -> None:
    other = EnrolmentFactory(user=priya)
    for happens in (
        lambda: hand_in(priya, module, reads=False),
        lambda: LessonFactory(module=other.module),
        lambda: finish_activity(
            (lesson := module.activities.get(kind="lesson")),
            lesson.live_revision,
            by=priya,
            at=MONDAY,
        ),
    ):
        happens()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM courses_enrolment e WHERE {ONLY_WAITS}")  # noqa: S608  (constants)
            found = {pk for (pk,) in cursor.fetchall()}
        assert found == set(Enrolment.objects.waiting().values_list("pk", flat=True))
    assert found == {duty.pk}


def test_pages_say_it_to_both(client: Client, dana, priya, duty, waiting) -> None:
    words = str(LearningState.WAITING.label)
    module = f"/courses/{duty.module.course.slug}/{duty.module.slug}/"
    client.force_login(priya)
    for path in ("/learning/", module, "/library/"):
        html = html_of(client.get(path))
        assert words in html, path
        assert "Overdue" not in html, path
        assert "due 2 Nov" not in html, path
    client.force_login(dana)
    for path in (
        f"/team/people/{priya.pk}/",
        "/team/",
        "/team/?state=waiting",
        f"/team/assignments/{duty.assignment_id}/",
    ):
        html = html_of(client.get(path))
        assert html.count(words) >= 1, path
        assert priya.name in html, path
    assert "Nothing is late" in html_of(client.get("/team/"))
