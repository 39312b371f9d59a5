"""Previewing a lesson: the draft in the learner's own look, and nothing is kept."""

import pytest
from django.test import Client

from courses.actions.drafting import save_draft
from courses.models import Activity, ActivityProgress, BlockResponse
from courses.queries.content import lesson_of
from portal.people.models import User
from tests.factories.courses import LessonFactory, QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Activity:
    return LessonFactory()


@pytest.fixture
def mei(client: Client) -> User:
    person = PersonFactory(author=True)
    client.force_login(person)
    return person


def at(activity: Activity) -> str:
    return f"/content/activities/{activity.pk}/preview/lesson/"


def test_the_draft_is_shown_and_learners_read_what_they_read(lesson, mei, client: Client):
    draft = {**lesson.live_revision.content, "title": "A clearer title"}
    save_draft(lesson, draft, version=0, by=mei, at=MONDAY)
    assert "A clearer title" in html_of(client.get(at(lesson)))
    names = (lesson.module.course.slug, lesson.module.slug, lesson.slug)
    assert "A clearer title" not in html_of(client.get("/courses/{}/{}/{}/".format(*names)))


def test_trying_a_quick_check_shows_what_it_says_and_keeps_nothing(lesson, mei, client: Client):
    blocks = [block for step in lesson_of(lesson.live_revision).steps for block in step.blocks]
    check = next(block for block in blocks if block.type == "quick_check")
    option = check.options[0]
    page = html_of(client.get(at(lesson), {"block": check.id, "option_id": option.id}))
    assert check.judge(option.id).feedback in page
    assert not BlockResponse.objects.exists()
    assert not ActivityProgress.objects.exists()


def test_nonsense_in_the_address_is_passed_over(lesson, mei, client: Client):
    page = client.get(at(lesson), {"block": "nowhere", "option_id": "none"})
    assert page.status_code == 200


def test_a_draft_that_cannot_be_read_leads_back_to_what_is_wrong(lesson, mei, client: Client):
    save_draft(lesson, {"title": "Half of it"}, version=0, by=mei, at=MONDAY)
    page = client.get(at(lesson), follow=True)
    assert page.redirect_chain == [(f"/content/activities/{lesson.pk}/edit/", 302)]
    assert "Mend what the checks say first" in html_of(page)


def test_another_kind_of_activity_has_no_such_page(mei, client: Client):
    assert client.get(at(QuizFactory())).status_code == 404


def test_the_preview_takes_few_queries(lesson, mei, client: Client, django_assert_num_queries):
    client.get(at(lesson))
    with django_assert_num_queries(2):
        client.get(at(lesson))
