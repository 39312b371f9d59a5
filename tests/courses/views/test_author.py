"""Authors and admins read all content, keys included; nobody else gets in."""

from datetime import timedelta

import pytest
from django.test import Client

from courses.actions.publishing import publish_revision
from courses.models import Activity, ChangeKind
from tests.factories.contents import quiz_raw
from tests.factories.courses import ActivityFactory, CourseFactory, LessonFactory, QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
CONTENT = "/content/"


@pytest.fixture
def author(client: Client):
    """An author, signed in."""
    person = PersonFactory(author=True, name="Ana Ruiz", time_zone="America/New_York")
    client.force_login(person)
    return person


def pages_of(activity: Activity) -> list[str]:
    one = f"{CONTENT}activities/{activity.pk}/"
    return [CONTENT, one, f"{one}revisions/1/"]


@pytest.mark.parametrize("role", ["author", "admin"])
def test_authors_and_admins_come_in(client, role: str) -> None:
    client.force_login(PersonFactory(**{role: True}))
    assert [client.get(url).status_code for url in pages_of(QuizFactory())] == [200] * 3


@pytest.mark.parametrize("role", ["lead", "agent"])
def test_others_do_not(client, role: str) -> None:
    client.force_login(PersonFactory(lead=role == "lead"))
    assert [client.get(url).status_code for url in pages_of(QuizFactory())] == [403] * 3


def test_signed_out_readers_are_asked_to_sign_in(client) -> None:
    statuses = [client.get(url)["Location"].partition("?")[0] for url in pages_of(QuizFactory())]
    assert statuses == ["/accounts/login/"] * 3


def test_the_list_says_what_learners_read(client, author) -> None:
    quiz = QuizFactory(title="Two questions", module__title="Hear them out")
    publish_revision(quiz, quiz_raw(title="Better"), by=author, at=TUESDAY)
    ActivityFactory(module=quiz.module, title="A draft")
    CourseFactory(title="Empathy")

    html = html_of(client.get(CONTENT))

    assert f'<a href="/content/activities/{quiz.pk}/">Two questions</a>' in html
    assert "Revision 2" in html
    assert "24 Nov 2026, Ana Ruiz" in html
    assert "Nothing yet" in html
    assert "Its first module is being written." in html


def test_what_came_from_the_files_says_so(client, author) -> None:
    LessonFactory()
    assert "23 Nov 2026, from the files" in html_of(client.get(CONTENT))


def test_without_content_the_list_says_where_it_comes_from(client, author) -> None:
    assert "No content yet" in html_of(client.get(CONTENT))


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_takes_two_queries(client, author, count, django_assert_num_queries) -> None:
    for _ in range(count):
        LessonFactory()
    client.get(CONTENT)
    with django_assert_num_queries(2):
        client.get(CONTENT)


def test_an_activity_shows_its_revisions_newest_first(client, author) -> None:
    quiz = QuizFactory()
    publish_revision(
        quiz,
        quiz_raw(title="Better"),
        by=author,
        at=TUESDAY,
        change_kind=ChangeKind.TYPO,
        note="A comma.",
    )
    html = html_of(client.get(pages_of(quiz)[1]))
    assert "Tuesday 24 Nov, 10:00 am EST · Ana Ruiz · A typo: results stand · A comma." in html
    assert "Monday 23 Nov, 10:00 am EST · from the files · New content: for new attempts only" in (
        html
    )
    assert html.index("Revision 2") < html.index("Revision 1")
    assert html.count("Learners read this") == 1


def test_an_activity_without_revisions_says_so(client, author) -> None:
    draft = ActivityFactory()
    assert "Nothing has been published yet." in html_of(client.get(pages_of(draft)[1]))


@pytest.mark.parametrize("count", [1, 50])
def test_revisions_take_three_queries(client, author, count, django_assert_num_queries) -> None:
    quiz = QuizFactory()
    for number in range(count - 1):
        publish_revision(quiz, quiz_raw(title=f"{number}"), by=author, at=TUESDAY)
    url = pages_of(quiz)[1]
    client.get(url)
    with django_assert_num_queries(3):
        client.get(url)


def test_a_revision_is_shown_as_it_was_written(client, author, django_assert_num_queries) -> None:
    quiz = QuizFactory()
    url = pages_of(quiz)[2]
    client.get(url)
    with django_assert_num_queries(2):
        html = client.get(url).content.decode()
    assert "title: A small quiz\n" in html
    assert "  rationale: Because the story stays whole.\n" in html
    assert quiz.live_revision.content_sha256 in html


def test_what_does_not_exist_is_not_found(client, author) -> None:
    quiz = QuizFactory()
    urls = [f"/content/activities/{quiz.pk + 1}/", f"/content/activities/{quiz.pk}/revisions/2/"]
    assert [client.get(url).status_code for url in urls] == [404, 404]
