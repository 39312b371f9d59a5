"""Ordering without scripts, how sure one is, and media: what a question may ask for besides."""

import pytest
from django.test import Client

from courses.content.quiz import parse_quiz
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.media import stored_media
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, RIGHT, every_type_raw, sample_raw
from tests.factories.runs import stored
from tests.support.quizzing import answer, begin, url_of
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory(published=every_type_raw())


# Ordering without scripts


def steps_on(html: str) -> list[str]:
    return [part[0] for part in html.split('name="order" value="')[1:]]


@pytest.mark.parametrize("item_id", ["ordering", "rank-all"])
@pytest.mark.parametrize(
    ("move", "moved"),
    [("B:-1", "BAC"), ("B:1", "ACB"), ("A:-1", "ABC"), ("C:1", "ABC"), ("A:1", "BAC")],
)
def test_a_step_moves_by_its_buttons_and_nothing_is_saved(
    client, priya, quiz, item_id: str, move: str, moved: str
) -> None:
    attempt = begin(client, quiz)
    response = answer(client, attempt, item_id, order=[*"ABC"], move=move, fetched=False)
    html = html_of(response)
    assert (response.status_code, steps_on(html)) == (200, [*moved])
    assert 'value="B:-1"' in html
    assert stored(attempt)["answers"] == []


@pytest.mark.parametrize(
    "sent",
    [
        {"move": "Z:1"},
        {"move": "B:2"},
        {"move": "B"},
        {"move": ""},
        {"move": "B:1", "order": [*"AB"]},
        {"move": "B:1", "order": [*"AABC"]},
    ],
)
def test_a_move_of_nothing_is_not_found(client, priya, quiz, sent) -> None:
    attempt = begin(client, quiz)
    fields = {"order": [*"ABC"]} | sent
    assert answer(client, attempt, "ordering", fetched=False, **fields).status_code == 404


def test_a_moved_order_can_be_sent(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    moved = answer(client, attempt, "ordering", order=[*"BAC"], move="A:-1", fetched=False)
    answer(client, attempt, "ordering", order=steps_on(html_of(moved)), fetched=False)
    assert stored(attempt)["answers"][0]["payload"] == {"order": [*"ABC"]}


# How sure one is


@pytest.mark.parametrize("item_id", ["single-choice", "ordering", "rank-all", "fill-gap"])
def test_without_saying_how_sure_one_is_an_answer_waits_on_the_page(client, priya, item_id) -> None:
    raw = [one | {"confidence": True} for one in every_type_raw()["items"]]
    attempt = begin(client, QuizFactory(published=every_type_raw(items=raw)))
    response = answer(client, attempt, item_id, **RIGHT[item_id])
    html = html_of(response)
    assert (response.status_code, stored(attempt)["answers"]) == (422, [])
    assert "Say how sure you are, too." in html
    if "order" in RIGHT[item_id]:
        assert steps_on(html) == RIGHT[item_id]["order"]
    answer(client, attempt, item_id, confidence="2", **RIGHT[item_id])
    [kept] = stored(attempt)["answers"]
    assert kept["payload"] == KEPT[item_id] | {"confidence": 2}


def test_how_sure_one_is_stays_chosen_while_steps_move(client, priya) -> None:
    raw = [one | {"confidence": True} for one in every_type_raw()["items"]]
    attempt = begin(client, QuizFactory(published=every_type_raw(items=raw)))
    sent = {"order": [*"ABC"], "confidence": "3", "move": "B:-1"}
    html = html_of(answer(client, attempt, "ordering", fetched=False, **sent))
    assert steps_on(html) == [*"BAC"]
    assert 'name="confidence" value="3" checked' in html


def test_a_question_shows_and_plays_its_media(client, priya, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    raw = sample_raw()
    quiz = QuizFactory(published=raw, media=stored_media(parse_quiz(raw).files))
    attempt = begin(client, quiz)
    shown = [html_of(client.get(url_of(attempt, f"quiz/{number}"))) for number in (1, 2, 3)]
    assert 'alt="Three parts of a summary' in shown[0]
    assert '<track kind="captions"' in shown[1]
    assert 'type="audio/mpeg"' in shown[2]
    assert "That’s not it at all." in shown[2]
