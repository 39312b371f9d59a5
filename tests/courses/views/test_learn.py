"""The agent's pages: my learning, the library, a module."""

from datetime import timedelta

import pytest
from django.test import Client

from courses.actions.progress import finish_activity, note_place
from courses.models import Activity, Module
from portal.kit.clock import local_date, now
from portal.people.models import User
from tests.factories.courses import (
    ActivityFactory,
    AssignmentFactory,
    CompletionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    ScenarioFactory,
)
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


def module_url(module: Module) -> str:
    return f"/courses/{module.course.slug}/{module.slug}/"


def lesson_url(lesson: Activity) -> str:
    return f"{module_url(lesson.module)}{lesson.slug}/"


def block_url(lesson: Activity, block: str) -> str:
    return f"/lessons/{lesson.pk}/blocks/{block}/"


def enrolled(user: User, **fields: object) -> Module:
    module = LessonFactory().module
    EnrolmentFactory(user=user, module=module, **fields)
    return module


# Who comes in


def test_a_signed_out_reader_is_asked_to_sign_in_first(client: Client) -> None:
    lesson = LessonFactory()
    for url in ("/learning/", "/library/", module_url(lesson.module), lesson_url(lesson)):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={url}")


@pytest.mark.parametrize("role", ["lead", "author", "admin"])
def test_everybody_may_learn(client: Client, role: str) -> None:
    lesson = LessonFactory()
    client.force_login(PersonFactory(**{role: True}))
    urls = ["/learning/", "/library/", module_url(lesson.module), lesson_url(lesson)]
    assert [client.get(url).status_code for url in urls] == [200] * 4


# My learning


def test_my_learning_says_when_nothing_waits(client, priya) -> None:
    html = html_of(client.get("/learning/"))
    assert "Nothing is waiting for you." in html
    assert "You’re all caught up" in html


def test_my_learning_leads_to_the_next_step_and_lists_what_comes(client, priya) -> None:
    today = local_date(now(), priya.time_zone)
    dana = PersonFactory(lead=True, name="Dana Whitfield")
    first = LessonFactory(module__title="Hear them out", title="The pause")
    assignment = AssignmentFactory(module=first.module, made_by=dana)
    EnrolmentFactory(
        user=priya, module=first.module, assignment=assignment, due_on=today - timedelta(days=1)
    )
    quiz = QuizFactory(module__title="Say it back")
    later = AssignmentFactory(module=quiz.module, made_by=dana)
    EnrolmentFactory(
        user=priya, module=quiz.module, assignment=later, due_on=today + timedelta(days=30)
    )

    html = html_of(client.get("/learning/"))

    assert f'href="{lesson_url(first)}"' in html
    assert "Step 1 of 1 · The pause" in html
    assert f'href="{module_url(quiz.module)}"' in html
    assert "5 min left · from Dana Whitfield" in html
    assert "Overdue by 1 day" in html


def test_a_call_or_quiz_goes_on_through_its_brief(client, priya) -> None:
    quiz = QuizFactory()
    EnrolmentFactory(user=priya, module=quiz.module)
    assert f'href="/activities/{quiz.pk}/"' in html_of(client.get("/learning/"))


@pytest.mark.parametrize("modules", [1, 50])
def test_my_learning_takes_four_queries(
    client, priya, modules: int, django_assert_num_queries
) -> None:
    for _ in range(modules):
        enrolled(priya)
        lesson = LessonFactory()
        note_place(lesson, lesson.live_revision, by=priya, at=now())
    client.get("/learning/")
    with django_assert_num_queries(4):
        client.get("/learning/")


# The library and a module


def test_the_library_shows_every_module_and_how_far_one_is(client, priya) -> None:
    lesson = LessonFactory(module__title="Hear them out", module__minutes=24)
    finish_activity(lesson, lesson.live_revision, by=priya, at=now())
    QuizFactory(module=lesson.module)
    LessonFactory(module__title="Say it back")
    html = html_of(client.get("/library/"))
    assert "Module · 24 min · 2 steps" in html
    assert "In progress, 1 of 2" in html
    assert "Not started" in html


def test_an_empty_library_says_so(client, priya) -> None:
    assert "No courses yet" in html_of(client.get("/library/"))


@pytest.mark.parametrize("modules", [1, 50])
def test_the_library_takes_four_queries(
    client, priya, modules: int, django_assert_num_queries
) -> None:
    for _ in range(modules):
        LessonFactory()
    client.get("/library/")
    with django_assert_num_queries(4):
        client.get("/library/")


def test_a_module_shows_its_steps_its_duty_and_the_leads_note(client, priya) -> None:
    lesson = LessonFactory(title="The pause", module__content_notice="It touches on money.")
    scenario = ScenarioFactory(module=lesson.module, title="Three bills")
    dana = PersonFactory(lead=True, name="Dana Whitfield")
    assignment = AssignmentFactory(module=lesson.module, made_by=dana, note="Before the fair.")
    EnrolmentFactory(user=priya, module=lesson.module, assignment=assignment)
    finish_activity(lesson, lesson.live_revision, by=priya, at=now())

    html = html_of(client.get(module_url(lesson.module)))

    assert "1 of 2 done" in html
    assert f'href="{lesson_url(lesson)}">The pause</a>' in html
    assert "Lesson · 5 min · Finished" in html
    assert f'href="/activities/{scenario.pk}/">Three bills</a>' in html
    assert "It touches on money." in html
    assert "Dana wrote: “Before the fair.”" in html


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (None, "Nobody set a date. Take it whenever you like."),
        (EnrolmentFactory, "Due"),
        (CompletionFactory, "Monday 23 Nov 2026"),
    ],
)
def test_a_module_shows_what_was_asked_of_its_reader(client, priya, make, words: str) -> None:
    module = LessonFactory().module
    if make:
        make(user=priya, module=module)
    html = html_of(client.get(module_url(module)))
    assert words in html
    assert "Why you’re seeing this" not in html


def test_a_finished_duty_shows_the_day_of_the_reader(client, priya) -> None:
    module = enrolled(priya, finished=True)
    assert "Finished Monday 23 Nov" in html_of(client.get(module_url(module)))


@pytest.mark.parametrize("where", ["module__", "module__course__"])
def test_what_is_archived_is_not_found(client, priya, where: str) -> None:
    lesson = LessonFactory(**{f"{where}archived_at": now()})
    posts = [f"/lessons/{lesson.pk}/place/", f"/lessons/{lesson.pk}/finish/"]
    gets = [module_url(lesson.module), lesson_url(lesson)]
    statuses = [client.get(url).status_code for url in gets]
    statuses += [client.post(url).status_code for url in (*posts, block_url(lesson, "mine"))]
    assert statuses == [404] * 5


def test_a_lesson_is_found_under_its_own_address_only(client, priya) -> None:
    lesson, other = LessonFactory(), ModuleFactory()
    assert client.get(f"{module_url(other)}{lesson.slug}/").status_code == 404
    quiz = QuizFactory()
    assert client.get(lesson_url(quiz)).status_code == 404
    draft = ActivityFactory()
    assert client.get(lesson_url(draft)).status_code == 404


@pytest.mark.parametrize("steps", [1, 50])
def test_a_module_takes_six_queries(client, priya, steps: int, django_assert_num_queries) -> None:
    module = enrolled(priya)
    for _ in range(steps - 1):
        LessonFactory(module=module)
    client.get(module_url(module))
    with django_assert_num_queries(6):
        client.get(module_url(module))
