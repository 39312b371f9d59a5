"""Taking a quiz by real forms: every type of question, refusals, finishing and looking back."""

import pytest
from django.test import Client

from courses.models import Activity, ActivityProgress, ModuleCompletion
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, RIGHT, TYPES, WRONG, every_type_raw
from tests.factories.runs import stored
from tests.support.quizzing import answer, begin, finish, url_of
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

TOTAL = len(TYPES)
NEARER_OR_FURTHER = ("rank-all", "rate-each", "short-text")


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory(published=every_type_raw())


@pytest.fixture
def at_end() -> Activity:
    return QuizFactory(published=every_type_raw(feedback="at_end"))


# Questions


def test_a_quiz_opens_at_its_first_open_question(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    html = html_of(client.get(url_of(attempt)))
    assert f"Question 1 of {TOTAL}" in html
    assert "This happened before single-choice." in html
    assert "What now, single-choice?" in html
    assert f'data-keep="attempt-{attempt.pk}" data-seq="1" data-target="#step"' in html
    assert 'id="quiz-progress" data-also value="0" max="11"' in html


def test_the_bar_comes_along_with_an_answer_by_script(client, priya, quiz) -> None:
    html = html_of(answer(client, begin(client, quiz), "single-choice", option="A"))
    assert 'id="quiz-progress" data-also value="1" max="11"' in html


@pytest.mark.parametrize("number", [0, TOTAL + 1, 99])
def test_there_is_no_other_question(client, priya, quiz, number: int) -> None:
    attempt = begin(client, quiz)
    assert client.get(url_of(attempt, f"quiz/{number}")).status_code == 404
    sent = {"seq": 1, "item": "single-choice", "option": "A"}
    assert client.post(url_of(attempt, f"quiz/{number}/answer"), sent).status_code == 404


@pytest.mark.parametrize("sent", [RIGHT, WRONG])
@pytest.mark.parametrize("item_id", TYPES)
def test_an_answer_by_script_shows_what_it_teaches(client, priya, quiz, item_id, sent) -> None:
    attempt = begin(client, quiz)
    response = answer(client, attempt, item_id, **sent[item_id])
    html = html_of(response)
    assert response.status_code == 200
    assert html.startswith('<div class="stack" id="step">')
    assert f"CANARY-{item_id}-RATIONALE" in html
    assert ("Yes." in html) == (sent is RIGHT and item_id not in NEARER_OR_FURTHER)
    [kept] = stored(attempt)["answers"]
    assert kept["step_id"] == item_id
    if sent is RIGHT:
        assert kept["payload"] == KEPT[item_id]


@pytest.mark.parametrize("item_id", TYPES)
def test_an_answer_by_plain_form_leads_to_what_it_teaches(client, priya, quiz, item_id) -> None:
    attempt = begin(client, quiz)
    response = answer(client, attempt, item_id, fetched=False, **RIGHT[item_id])
    number = TYPES.index(item_id) + 1
    assert (response.status_code, response["Location"]) == (302, url_of(attempt, f"quiz/{number}"))
    assert f"CANARY-{item_id}-RATIONALE" in html_of(client.get(response["Location"]))


@pytest.mark.parametrize("item_id", TYPES)
def test_while_feedback_waits_an_answer_by_plain_form_leads_on(
    client, priya, at_end, item_id
) -> None:
    attempt = begin(client, at_end)
    response = answer(client, attempt, item_id, fetched=False, **RIGHT[item_id])
    assert (response.status_code, response["Location"]) == (302, url_of(attempt))
    assert stored(attempt)["answers"][0]["payload"] == KEPT[item_id]


@pytest.mark.parametrize("item_id", TYPES)
def test_while_feedback_waits_an_answer_by_script_brings_the_next_question(
    client, priya, at_end, item_id
) -> None:
    attempt = begin(client, at_end)
    response = answer(client, attempt, item_id, **RIGHT[item_id])
    html = html_of(response)
    assert (response.status_code, response["X-Page"]) == (200, url_of(attempt))
    following = 1 if item_id != TYPES[0] else 2
    assert f"Question {following} of {TOTAL}" in html
    assert "CANARY" not in html
    assert stored(attempt)["answers"][0]["payload"] == KEPT[item_id]


def test_the_last_answer_by_script_brings_the_way_to_the_result(client, priya, at_end) -> None:
    attempt = begin(client, at_end)
    for item_id in TYPES:
        html = html_of(answer(client, attempt, item_id, **RIGHT[item_id]))
    assert "See my result" in html
    assert "CANARY" not in html


@pytest.mark.parametrize("item_id", TYPES)
def test_an_answer_that_was_given_is_shown_again_and_may_change(
    client, priya, at_end, item_id
) -> None:
    attempt = begin(client, at_end)
    for sent in (WRONG, RIGHT):
        answer(client, attempt, item_id, **sent[item_id])
    html = html_of(client.get(url_of(attempt, f"quiz/{TYPES.index(item_id) + 1}")))
    shown = {
        "short-text": ">I hear you.</textarea>",
        "ordering": "Text A of ordering.",
        "rank-all": "Text A of rank-all.",
        "matching": '<option value="z" selected>',
        "fill-gap": 'value="OLD"',
    }
    assert shown.get(item_id, " checked") in html
    assert "disabled" not in html.split('id="step"')[1].split("</form>")[0]


SENTENCES = {
    "single-choice": "Choose one answer.",
    "multiple-choice": "Choose at least one answer.",
    "true-false": "Choose one answer.",
    "ordering": "Put every step in its place, each one once.",
    "matching": "Choose an answer for each one.",
    "fill-gap": "Fill every gap; a guess is fine.",
    "mark-sentence": "Choose one answer.",
    "best-worst": "Choose the best reply too.",
    "rank-all": "Put every step in its place, each one once.",
    "rate-each": "Rate every reply.",
    "short-text": "Write your reply first.",
}


@pytest.mark.parametrize("fetched", [True, False])
@pytest.mark.parametrize("item_id", TYPES)
def test_an_answer_without_an_answer_is_refused_beside_the_question(
    client, priya, quiz, item_id, fetched: bool
) -> None:
    attempt = begin(client, quiz)
    before = stored(attempt)
    response = answer(client, attempt, item_id, fetched=fetched)
    html = html_of(response)
    assert response.status_code == 422
    assert html.startswith('<div class="stack" id="step">' if fetched else "<!doctype html>")
    assert f"</svg>{SENTENCES[item_id]}</p>" in html
    assert 'id="question-error"' in html
    assert "question-error" in html.replace('id="question-error"', "")
    assert "CANARY" not in html
    assert stored(attempt) == before


@pytest.mark.parametrize(
    ("item_id", "sent", "kept_on_page"),
    [
        ("best-worst", {"best": "A", "worst": "A"}, 2),
        ("best-worst", {"best": "A"}, 1),
        ("rate-each", {"rating-A": "5", "rating-B": "4"}, 2),
        ("rate-each", {"rating-A": "5", "rating-B": "9" * 5000, "rating-C": "1"}, 2),
        ("multiple-choice", {"options": ["A", "Z"]}, 1),
        ("matching", {"pair-A": "y", "pair-B": "z", "pair-C": ""}, 2),
        ("matching", {"pair-A": "y", "pair-B": "nonsense"}, 1),
        ("fill-gap", {"gap-A": "house", "gap-B": "  "}, 1),
        ("fill-gap", {"gap-A": "house", "gap-B": "x" * 101}, 1),
    ],
)
def test_a_half_done_answer_stays_on_the_page(
    client, priya, quiz, item_id, sent, kept_on_page: int
) -> None:
    response = answer(client, begin(client, quiz), item_id, **sent)
    html = html_of(response)
    kept = sum(html.count(one) for one in (" checked", " selected", 'value="house"'))
    assert (response.status_code, kept) == (422, kept_on_page)


def test_too_long_a_reply_stays_in_the_box(client, priya, quiz) -> None:
    response = answer(client, begin(client, quiz), "short-text", text="é" * 2001)
    html = html_of(response)
    assert response.status_code == 422
    assert f">{'é' * 2001}</textarea>" in html
    assert "Shorten it to what you would say out loud." in html


def test_a_reply_in_any_script_is_kept(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    text = "\0請再說一次。\r\n" + "é" * 1990
    assert answer(client, attempt, "short-text", text=text).status_code == 200
    kept = stored(attempt)["answers"][0]["payload"]["text"]
    assert kept == text.replace("\0", "").replace("\r\n", "\n")


@pytest.mark.parametrize(
    "sent",
    [{"seq": "x"}, {"seq": ""}, {"seq": 0}, {"item": "true-false"}, {"item": ""}],
)
def test_an_answer_to_another_question_is_not_found(client, priya, quiz, sent) -> None:
    attempt = begin(client, quiz)
    assert answer(client, attempt, "single-choice", option="A", **sent).status_code == 404
    assert stored(attempt)["answers"] == []


# Order and repeats


def test_the_same_answer_sent_again_is_answered_the_same(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    statuses = [
        answer(client, attempt, "single-choice", option="A", seq=1).status_code for _ in range(3)
    ]
    assert statuses == [200] * 3
    assert len(stored(attempt)["answers"]) == 1


@pytest.mark.parametrize("seq", [1, 3, 10**30])
def test_a_stale_or_early_answer_changes_nothing_and_says_so(client, priya, quiz, seq) -> None:
    attempt = begin(client, quiz)
    answer(client, attempt, "single-choice", option="A")
    before = stored(attempt)
    response = answer(client, attempt, "true-false", option="true", seq=seq)
    assert response.status_code == 409
    assert response.content.decode().endswith("Here is where it stands now.")
    plain = answer(client, attempt, "true-false", option="true", seq=seq, fetched=False)
    assert plain["Location"] == url_of(attempt)
    assert stored(attempt) == before


def test_an_answer_that_was_explained_stands(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    answer(client, attempt, "single-choice", option="B")
    before = stored(attempt)
    response = answer(client, attempt, "single-choice", option="A")
    assert (response.status_code, response.content.decode()) == (
        409,
        "You have seen what this question teaches, so its answer stands.",
    )
    html = html_of(client.get(url_of(attempt, "quiz/1")))
    assert "disabled" in html
    assert "Check my answer" not in html
    assert stored(attempt) == before


def test_own_words_are_marked_by_their_writer(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    html = html_of(answer(client, attempt, "short-text", text="I hear you."))
    assert "CANARY-short-text-REPLY" in html
    assert 'name="held" value="heard"' in html
    html = html_of(answer(client, attempt, "short-text", text="I hear you.", held="heard"))
    assert 'name="held" value="heard" checked' in html
    assert stored(attempt)["answers"][-1]["payload"] == {"text": "I hear you.", "held": ["heard"]}


# Finishing


def test_with_every_answer_given_the_result_is_offered(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    for item_id in TYPES[:-1]:
        html = html_of(answer(client, attempt, item_id, **RIGHT[item_id]))
        assert "See my result" not in html
    assert "See my result" in html_of(answer(client, attempt, "short-text", text="So."))


def test_the_last_question_says_what_is_still_open(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    last = url_of(attempt, f"quiz/{TOTAL}")
    assert f"{TOTAL} questions have no answer yet." in html_of(client.get(last))
    for item_id in TYPES[:-1]:
        answer(client, attempt, item_id, **RIGHT[item_id])
    assert "One question has no answer yet." in html_of(client.get(last))


def test_finishing_leads_to_the_result_and_passing_finishes_the_module(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    for item_id in TYPES:
        answer(client, attempt, item_id, **RIGHT[item_id])
    response = finish(client, attempt)
    assert (response.status_code, response["Location"]) == (302, url_of(attempt, "results"))
    html = html_of(client.get(url_of(attempt, "results")))
    assert "That’s done, and it stays done" in html
    assert "100%" in html
    assert ModuleCompletion.objects.get().user == priya


def test_not_passing_invites_to_read_and_take_it_again(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    for item_id in TYPES[:3]:
        answer(client, attempt, item_id, **WRONG[item_id])
    finish(client, attempt)
    html = html_of(client.get(url_of(attempt, "results")))
    assert "Not passed yet; 60% passes" in html
    assert f'href="/activities/{quiz.pk}/"' in html
    assert html.count("Worth another look") == 3
    assert html.count("No answer") == TOTAL - 3
    assert ActivityProgress.objects.get().finished_at is None


def test_finishing_twice_is_finishing_once(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    finish(client, attempt)
    before = stored(attempt)
    assert finish(client, attempt)["Location"] == url_of(attempt, "results")
    assert stored(attempt) == before


def test_a_finished_quiz_leads_to_its_result_and_takes_no_answer(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    finish(client, attempt)
    before = stored(attempt)
    for page in ("quiz", "quiz/2"):
        assert client.get(url_of(attempt, page))["Location"] == url_of(attempt, "results")
    for sent in ({"option": "A"}, {}, {"order": [*"ABC"], "move": "A:1"}):
        response = answer(client, attempt, "single-choice", **sent)
        assert (response.status_code, response.content.decode()) == (
            409,
            "This is finished, so nothing was changed.",
        )
    plain = answer(client, attempt, "single-choice", option="A", fetched=False)
    assert plain["Location"] == url_of(attempt)
    assert stored(attempt) == before


def test_a_result_before_the_end_leads_to_the_quiz(client, priya, quiz) -> None:
    attempt = begin(client, quiz)
    assert client.get(url_of(attempt, "results"))["Location"] == url_of(attempt)
