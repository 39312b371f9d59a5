"""Editing by forms: an author adds, writes, orders and takes out, and nothing typed is lost."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import LessonFactory, QuizFactory, ScenarioFactory
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(client: Client) -> User:
    person = PersonFactory(author=True, name="Mei Tanaka")
    client.force_login(person)
    return person


@pytest.fixture
def lesson() -> Activity:
    return LessonFactory()


def at(activity: Activity, rest: str = "") -> str:
    return f"/content/activities/{activity.pk}/edit/{rest}"


def base_in(page: HttpResponse) -> str:
    return re.findall(r'name="base" value="(\w+)"', page.content.decode())[0]


def blocks_of(activity: Activity) -> list[str]:
    activity.refresh_from_db()
    return [one["id"] for one in activity.draft["blocks"]]


def test_a_block_is_written_and_saved(lesson, mei, client: Client):
    page = client.get(at(lesson, "piece/why/"))
    assert "Because it helps.</textarea>" in html_of(page)
    sent = {"base": base_in(page), "heading": "Why", "html": 'Say "I am here."'}
    saved = client.post(at(lesson, "piece/why/"), sent)
    assert saved["Location"] == at(lesson, "#why")
    lesson.refresh_from_db()
    assert lesson.draft["blocks"][0]["html"] == "<p>Say <q>I am here.</q></p>"
    assert "Saved by Mei Tanaka" in html_of(client.get(at(lesson)))


def test_what_is_missing_is_said_beside_its_field_and_kept_in_the_draft(lesson, mei, client):
    page = client.get(at(lesson, "piece/mine/"))
    sent = {"base": base_in(page), "heading": "You", "prompt": ""}
    page = client.post(at(lesson, "piece/mine/"), sent, follow=True)
    assert "Saved as it is. Mend what is marked" in html_of(page)
    assert re.search(r'id="id_prompt"[^>]*aria-invalid="true"', page.content.decode())
    assert "Write a text here." in html_of(page)
    listed = html_of(client.get(at(lesson)))
    assert "Write a text here." in listed
    assert "Review and publish" not in listed


def test_a_block_is_added_after_another_and_twice_pressed_is_once(lesson, mei, client: Client):
    address = at(lesson, "add/callout/?after=why")
    page = client.get(address)
    new_id = re.findall(r'name="new_id" value="([\w-]+)"', page.content.decode())[0]
    sent = {"new_id": new_id, "kind": "scope", "title": "Not ours", "html": "Ask a nurse."}
    for _ in range(2):
        client.post(address, sent)
    assert blocks_of(lesson) == ["why", new_id, "mine", "check"]
    assert lesson.draft["blocks"][1] == {
        "id": new_id,
        "type": "callout",
        "kind": "scope",
        "title": "Not ours",
        "html": "<p>Ask a nurse.</p>",
    }


def test_blocks_are_moved_copied_taken_out_and_brought_back(lesson, mei, client: Client):
    client.post(at(lesson, "piece/check/arrange/"), {"do": "up"})
    assert blocks_of(lesson) == ["why", "check", "mine"]
    client.post(at(lesson, "piece/why/arrange/"), {"do": "copy"})
    assert len(blocks_of(lesson)) == 4
    client.post(at(lesson, "piece/why/arrange/"), {"do": "delete"})
    assert "why" not in blocks_of(lesson)
    undo = re.findall(r'action="([^"]+/undo/\d+/)"', client.get(at(lesson)).content.decode())
    client.post(undo[0], {"version": 3})
    assert "why" in blocks_of(lesson)
    stale = client.post(undo[0], {"version": 3}, follow=True)
    assert "Somebody saved the draft just now." in html_of(stale)
    gone = client.post(at(lesson, "piece/nothing/arrange/"), {"do": "up"}, follow=True)
    assert "Somebody took it out in the meantime." in html_of(gone)


def test_a_row_more_keeps_what_is_typed_and_saves_nothing(lesson, mei, client: Client):
    page = client.get(at(lesson, "piece/check/"))
    sent = {
        "base": base_in(page),
        "prompt": "Half a quest",
        "options-n": "2",
        "options-0-id": "A",
        "options-0-text": "Typed",
        "options-1-id": "B",
        "do": "add:options",
    }
    page = client.post(at(lesson, "piece/check/"), sent)
    assert 'name="options-n" value="3"' in html_of(page)
    assert "Half a quest</textarea>" in html_of(page)
    assert base_in(page) == sent["base"]
    lesson.refresh_from_db()
    assert not lesson.has_draft


def test_two_authors_in_one_block_are_both_shown(lesson, mei, client: Client):
    ana = Client()
    ana.force_login(PersonFactory(author=True, name="Ana Souza"))
    base = base_in(ana.get(at(lesson, "piece/mine/")))
    for who, words in ((client, "By Mei?"), (ana, "By Ana?")):
        answer = who.post(at(lesson, "piece/mine/"), {"base": base, "prompt": words})
    page = html_of(answer)
    assert answer.status_code == 409
    assert "Mei Tanaka saved this since you opened it." in page
    assert "prompt: By Mei?" in page
    assert "By Ana?</textarea>" in page
    ana.post(at(lesson, "piece/mine/"), {"base": base_in(answer), "prompt": "By both?"})
    lesson.refresh_from_db()
    assert lesson.draft["blocks"][1]["prompt"] == "By both?"


def test_words_about_a_block_that_was_taken_out_are_not_lost(lesson, mei, client: Client):
    base = base_in(client.get(at(lesson, "piece/mine/")))
    client.post(at(lesson, "piece/mine/arrange/"), {"do": "delete"})
    sent = {"base": base, "type": "reflection", "prompt": "Still here?"}
    answer = client.post(at(lesson, "piece/mine/"), sent)
    assert answer.status_code == 409
    assert "Still here?</textarea>" in html_of(answer)
    client.post(at(lesson, "piece/mine/"), {**sent, "base": base_in(answer)})
    assert blocks_of(lesson) == ["why", "check", "mine"]
    assert client.get(at(lesson, "piece/nothing/")).status_code == 404


def test_a_quiz_is_edited_in_the_same_way(mei, client: Client):
    quiz = QuizFactory()
    page = client.get(at(quiz, "settings/"))
    sent = {
        "base": base_in(page),
        "title": "Better",
        "intro": "Two.",
        "minutes": "4",
        "pass_mark": "80",
        "feedback": "at_end",
    }
    client.post(at(quiz, "settings/"), sent)
    quiz.refresh_from_db()
    assert (quiz.draft["pass_mark"], quiz.draft["feedback"]) == (80, "at_end")
    assert len(quiz.draft["items"]) == 2
    page = html_of(client.get(at(quiz, "piece/first/")))
    assert "AL1 ·" in page
    assert 'id="id_options-0-right" checked' in page
    added = client.get(at(quiz, "add/best_worst/"))
    assert added.status_code == 200
    assert client.get(at(quiz, "add/callout/")).status_code == 404


def test_a_setting_that_cannot_be_used_is_marked(mei, client: Client):
    quiz = QuizFactory()
    sent = {"base": base_in(client.get(at(quiz, "settings/"))), "minutes": "soon"}
    page = html_of(client.post(at(quiz, "settings/"), sent, follow=True))
    assert "Mend what is marked" in page
    assert "Write a whole number from 1 to 180." in page
    assert 'value="soon"' in page


def test_a_practice_call_is_still_edited_as_text(mei, client: Client):
    call = ScenarioFactory()
    assert client.get(at(call))["Location"] == f"/content/activities/{call.pk}/draft/"
    assert client.get(at(call, "settings/")).status_code == 404


def test_markup_that_is_typed_is_shown_and_never_run(lesson, mei, client: Client):
    sly = "<script>alert(1)</script></textarea><img src=x onerror=alert(1)>"
    page = client.get(at(lesson, "piece/why/"))
    client.post(at(lesson, "piece/why/"), {"base": base_in(page), "heading": sly, "html": sly})
    for rest in ("", "piece/why/"):
        html = client.get(at(lesson, rest)).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
