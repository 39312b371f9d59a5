"""A question before and after its answer: what it offers, and what it teaches only then."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.actions.attempts import start_attempt
from assessments.actions.quiz_attempts import answer_item
from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import own_attempts
from assessments.queries.quiz_page import QuestionPage, has_question, question_page
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, TYPES, every_type_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def quiz() -> Activity:
    """A quiz of every type that gives feedback at once."""
    return QuizFactory(published=every_type_raw())


def begin(quiz: Activity, user: User) -> Attempt:
    attempt = start_attempt(quiz, by=user, at=MONDAY, mode=AttemptMode.ASSESSED)
    return own_attempts(user).get(pk=attempt.pk)


def answer(attempt: Attempt, item_id: str, payload: dict[str, Any]) -> Attempt:
    seq = Attempt.objects.get(pk=attempt.pk).next_seq
    answer_item(attempt.pk, seq=seq, item_id=item_id, payload=payload, by=attempt.user, at=MONDAY)
    return own_attempts(attempt.user).get(pk=attempt.pk)


def number_of(item_id: str) -> int:
    return TYPES.index(item_id) + 1


# One question


def test_a_quiz_opens_at_its_first_question(quiz, priya) -> None:
    page = question_page(begin(quiz, priya), now=MONDAY)
    assert (page.question.id, page.number, page.total, page.open_count) == (
        "single-choice",
        1,
        len(TYPES),
        len(TYPES),
    )
    assert (page.answered, page.response, page.order) == (frozenset(), {}, ("A", "B", "C"))


def test_it_goes_on_at_the_first_question_without_an_answer(quiz, priya) -> None:
    attempt = answer(begin(quiz, priya), "single-choice", KEPT["single-choice"])
    attempt = answer(attempt, "true-false", KEPT["true-false"])
    page = question_page(attempt, now=MONDAY)
    assert (page.question.id, page.open_count) == ("multiple-choice", len(TYPES) - 2)


def test_with_all_answered_it_stays_at_the_last(priya) -> None:
    attempt = begin(QuizFactory(published=every_type_raw()), priya)
    for item_id in TYPES:
        attempt = answer(attempt, item_id, KEPT[item_id])
    page = question_page(attempt, now=MONDAY)
    assert (page.question.id, page.open_count) == ("short-text", 0)


@pytest.mark.parametrize("number", [0, -1, len(TYPES) + 1])
def test_there_is_no_other_question(quiz, priya, number: int) -> None:
    assert not has_question(begin(quiz, priya), number)


def hidden(page: QuestionPage) -> bool:
    return page.explanation is None and page.score is None and not page.is_settled


@pytest.mark.parametrize("item_id", TYPES)
def test_before_its_answer_a_question_teaches_nothing(quiz, priya, item_id: str) -> None:
    page = question_page(begin(quiz, priya), number_of(item_id), now=MONDAY)
    assert hidden(page)
    assert page.template == f"assessments/items/{item_id.replace('-', '_')}.html"


@pytest.mark.parametrize("item_id", TYPES)
def test_after_its_answer_it_does(quiz, priya, item_id: str) -> None:
    attempt = answer(begin(quiz, priya), item_id, KEPT[item_id])
    page = question_page(attempt, number_of(item_id), now=MONDAY)
    assert page.response == KEPT[item_id]
    assert page.explanation.rationale == f"CANARY-{item_id}-RATIONALE"
    is_own_words = item_id == "short-text"
    assert (page.is_settled, page.is_self_marked) == (not is_own_words, is_own_words)
    assert page.score.points == (None if is_own_words else 1)


@pytest.mark.parametrize("item_id", TYPES)
def test_unless_feedback_waits_for_the_end(priya, item_id: str) -> None:
    quiz = QuizFactory(published=every_type_raw(feedback="at_end"))
    attempt = answer(begin(quiz, priya), item_id, KEPT[item_id])
    page = question_page(attempt, number_of(item_id), now=MONDAY)
    assert page.response == KEPT[item_id]
    assert hidden(page)


@pytest.mark.parametrize("item_id", ["ordering", "rank-all"])
def test_what_is_to_be_put_in_order_never_starts_in_the_right_order(priya, item_id) -> None:
    quiz = QuizFactory(published=every_type_raw())
    for user in [priya, *PersonFactory.create_batch(10)]:
        page = question_page(begin(quiz, user), number_of(item_id), now=MONDAY)
        steps = [option.id for option in page.ordered_options]
        assert steps != ["B", "A", "C"]
        assert sorted(steps) == ["A", "B", "C"]


def test_steps_stand_as_moved_then_as_answered(quiz, priya) -> None:
    attempt, number = begin(quiz, priya), number_of("ordering")
    moved = replace(question_page(attempt, number, now=MONDAY), order=("B", "A", "C"))
    assert [option.id for option in moved.ordered_options] == ["B", "A", "C"]
    attempt = answer(attempt, "ordering", {"order": ["C", "A", "B"]})
    kept = question_page(attempt, number, now=MONDAY)
    assert [option.id for option in kept.ordered_options] == ["C", "A", "B"]


def test_questions_keep_their_places_through_an_attempt(priya) -> None:
    quiz = QuizFactory(published=every_type_raw(shuffle_questions=True, shuffle_options=True))
    attempt = begin(quiz, priya)
    before = [
        question_page(attempt, number, now=MONDAY).question for number in range(1, 1 + len(TYPES))
    ]
    attempt = answer(attempt, "single-choice", KEPT["single-choice"])
    assert [
        question_page(attempt, number, now=MONDAY).question for number in range(1, 1 + len(TYPES))
    ] == before


def test_a_question_takes_one_query(quiz, priya, django_assert_num_queries) -> None:
    attempt = begin(quiz, priya)
    question_page(attempt, now=MONDAY)
    with django_assert_num_queries(1):
        question_page(attempt, 3, now=MONDAY)


# What the options say


@pytest.mark.parametrize("item_id", TYPES)
def test_before_the_answer_no_option_is_marked_or_explained(quiz, priya, item_id: str) -> None:
    page = question_page(begin(quiz, priya), number_of(item_id), now=MONDAY)
    assert {(one.is_chosen, one.mark) for one in page.offered} <= {(False, "")}
    assert page.told == ()


@pytest.mark.parametrize(
    ("item_id", "payload", "marks"),
    [
        ("single-choice", {"option": "A"}, {"A": "right"}),
        ("single-choice", {"option": "B"}, {"B": "look"}),
        ("true-false", {"option": "false"}, {"false": "look"}),
        ("multiple-choice", {"options": ["A", "C"]}, {"A": "right", "C": "look"}),
    ],
)
def test_the_chosen_options_are_marked_and_the_others_are_not(
    quiz, priya, item_id, payload, marks
) -> None:
    attempt = answer(begin(quiz, priya), item_id, payload)
    offered = question_page(attempt, number_of(item_id), now=MONDAY).offered
    assert {one.option.id: one.mark for one in offered if one.mark} == marks
    assert {one.option.id for one in offered if one.is_chosen} == set(marks)


def test_while_feedback_waits_they_are_chosen_and_not_marked(priya) -> None:
    quiz = QuizFactory(published=every_type_raw(feedback="at_end"))
    attempt = answer(begin(quiz, priya), "single-choice", {"option": "A"})
    offered = question_page(attempt, 1, now=MONDAY).offered
    assert [(one.option.id, one.mark) for one in offered if one.is_chosen] == [("A", "")]


@pytest.mark.parametrize(
    ("item_id", "yours"),
    [
        ("single-choice", {"A": "Your answer"}),
        ("multiple-choice", {"A": "Your answer", "B": "Your answer"}),
        ("best-worst", {"A": "Your best", "B": "Your worst"}),
        ("rate-each", {"A": "You: 5", "B": "You: 3", "C": "You: 1"}),
        ("rank-all", {"B": "You: place 1", "A": "You: place 2", "C": "You: place 3"}),
        ("matching", {"A": "You: Answer y.", "B": "You: Answer z.", "C": "You: Answer y."}),
        ("fill-gap", {"A": "You: OLD", "B": "You: Opened."}),
        ("ordering", {}),
        ("short-text", {}),
    ],
)
def test_each_option_says_what_its_taker_made_of_it(quiz, priya, item_id, yours) -> None:
    attempt = answer(begin(quiz, priya), item_id, KEPT[item_id])
    told = question_page(attempt, number_of(item_id), now=MONDAY).told
    assert {one.option.shown.id: one.yours for one in told if one.yours} == yours


def test_options_are_explained_in_the_order_in_which_they_were_met(priya) -> None:
    quiz = QuizFactory(published=every_type_raw(shuffle_options=True))
    for user in [priya, *PersonFactory.create_batch(5)]:
        attempt = answer(begin(quiz, user), "rate-each", KEPT["rate-each"])
        page = question_page(attempt, number_of("rate-each"), now=MONDAY)
        met = [option.id for option in page.question.options]
        assert [one.option.shown.id for one in page.told] == met


@pytest.mark.parametrize("item_id", ["ordering", "rank-all"])
def test_what_is_put_in_order_is_explained_in_the_right_order(quiz, priya, item_id) -> None:
    attempt = answer(begin(quiz, priya), item_id, {"order": ["C", "B", "A"]})
    told = question_page(attempt, number_of(item_id), now=MONDAY).told
    assert [one.option.shown.id for one in told] == ["B", "A", "C"]


def test_a_match_and_a_gap_say_what_belongs_to_them_and_whether_it_was_given(quiz, priya) -> None:
    given = {
        "matching": {"pairs": {"A": "y", "B": "x", "C": "y"}},
        "fill-gap": {"words": {"A": "new", "B": "Opened."}},
    }
    attempt, said = begin(quiz, priya), []
    for item_id, payload in given.items():
        attempt = answer(attempt, item_id, payload)
        told = question_page(attempt, number_of(item_id), now=MONDAY).told
        said += [(one.key, one.fits) for one in told]
    assert said == [
        *(("Answer y.", True), ("Answer z.", False), ("Answer y.", True)),
        *(("old", False), ("opened / CANARY-fill-gap-ACCEPTED", True)),
    ]
