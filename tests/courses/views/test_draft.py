"""The author's pages: editing, checking, publishing, comparing and going back."""

import pytest
from django.test import Client

from courses.content.source import write_source
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory, ScenarioFactory
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory()


@pytest.fixture
def mei(client: Client) -> User:
    person = PersonFactory(author=True, name="Mei Tanaka")
    client.force_login(person)
    return person


def at(activity: Activity, rest: str = "draft/") -> str:
    return f"/content/activities/{activity.pk}/{rest}"


def text_of(activity: Activity, **changed: object) -> str:
    return write_source({**activity.live_revision.content, **changed})


def test_an_author_edits_publishes_and_compares(quiz, mei, client: Client):
    assert "Nobody is working on it" in html_of(client.get(at(quiz)))
    sent = {"text": text_of(quiz, title="A clearer title"), "version": 0}
    page = client.post(at(quiz), sent, follow=True)
    assert "Saved by Mei Tanaka" in html_of(page)
    assert "+ title: A clearer title" in html_of(page)
    publish = client.get(at(quiz, "publish/"))
    assert publish.status_code == 200
    answers = {"version": 1, "change_kind": "typo", "note": "Clearer title"}
    client.post(at(quiz, "publish/"), answers)
    quiz.refresh_from_db()
    assert (quiz.title, quiz.live_revision.number) == ("A clearer title", 2)
    assert "+ title: A clearer title" in html_of(client.get(at(quiz, "compare/1/2/")))


def test_a_typing_error_is_said_with_its_line_and_the_text_stays(quiz, mei, client: Client):
    response = client.post(at(quiz), {"text": "title: [", "version": 0})
    assert response.status_code == 422
    assert "line 1: This cannot be read as YAML" in html_of(response)
    assert "title: [</textarea>" in html_of(response)


def test_problems_are_listed_with_their_place_and_publishing_waits(quiz, mei, client: Client):
    page = client.post(at(quiz), {"text": "title: Half of it", "version": 0}, follow=True)
    assert "Mend before publishing" in html_of(page)
    assert '<code class="meta">minutes</code>' in html_of(page)
    assert client.get(at(quiz, "publish/")).status_code == 302


def test_two_authors_on_one_draft_are_both_told(quiz, mei, client: Client):
    client.post(at(quiz), {"text": text_of(quiz, title="By Mei"), "version": 0})
    ana = Client()
    ana.force_login(PersonFactory(author=True, name="Ana Souza"))
    clash = ana.post(at(quiz), {"text": text_of(quiz, title="By Ana"), "version": 0})
    page = html_of(clash)
    assert clash.status_code == 409
    assert "Mei Tanaka saved this draft since you opened it." in page
    assert "title: By Mei" in page
    assert "title: By Ana" in page
    assert 'name="version" value="1"' in page
    ana.post(at(quiz), {"text": text_of(quiz, title="By both"), "version": 1})
    quiz.refresh_from_db()
    assert quiz.draft["title"] == "By both"


def test_publishing_asks_what_kind_of_change_it_is(quiz, mei, client: Client):
    client.post(at(quiz), {"text": text_of(quiz, title="New"), "version": 0})
    response = client.post(at(quiz, "publish/"), {"version": 1})
    assert response.status_code == 422
    assert "Say what kind of change this is." in html_of(response)


def test_an_earlier_revision_becomes_a_draft(quiz, mei, client: Client):
    client.post(at(quiz, "restore/1/"))
    quiz.refresh_from_db()
    assert quiz.draft == quiz.live_revision.content
    client.post(at(quiz, "discard/"))
    quiz.refresh_from_db()
    assert not quiz.has_draft


def test_a_draft_that_was_overtaken_says_so(quiz, mei, client: Client):
    client.post(at(quiz), {"text": text_of(quiz, title="New"), "version": 0})
    Activity.objects.update(draft_of=0)
    assert "Another revision was published" in html_of(client.get(at(quiz)))


def test_markup_in_content_is_shown_and_never_run(quiz, mei, client: Client):
    sly = "<script>alert(1)</script></textarea><img src=x onerror=alert(1)>"
    page = client.post(at(quiz), {"text": text_of(quiz, title=sly), "version": 0}, follow=True)
    html = page.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_the_page_takes_the_same_queries(quiz, mei, client: Client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(at(quiz))


def test_a_call_shows_where_five_manners_lead_beside_its_problems(mei, client: Client):
    page = html_of(client.get(at(ScenarioFactory())))
    assert page.index("What the checks say") < page.index("Where five manners lead")
    assert "With Ana Ruiz" in page
    assert "100 of 100 points, 3 replies, safety steps met: 1 of 1" in page
    assert "A hundred random runs" in page


def test_a_quiz_has_no_manners(quiz, mei, client: Client):
    assert "Where five manners lead" not in html_of(client.get(at(quiz)))
