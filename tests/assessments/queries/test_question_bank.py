"""Authors find any question over all quizzes, with its numbers, versions and places."""

from typing import Any

import pytest

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.statistics import count_attempts
from assessments.models import QuizStatistic
from assessments.queries.question_bank import Wanted, question_bank, question_page
from courses.actions.banking import bank_what_is_missing
from courses.actions.publishing import publish_revision
from courses.models import Activity, BankQuestion, ChangeKind
from tests.factories.contents import option, quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import TYPES, every_type_raw

pytestmark = pytest.mark.django_db


def with_first(**changed: Any) -> dict[str, Any]:
    """Return the small quiz with something changed in its first question."""
    first, *others = quiz_raw()["items"]
    return quiz_raw(items=[first | changed, *others])


def titles(**wanted: str) -> list[str]:
    return [row.title for row in question_bank(Wanted(**wanted), 1).rows]


def banked(quiz: Activity, step_id: str = "first") -> BankQuestion:
    return BankQuestion.objects.get(activity=quiz, step_id=step_id)


def answered(quiz: Activity, chosen: str) -> None:
    attempt = start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    sent = {"item_id": "first", "payload": {"option": chosen}, "by": attempt.user}
    answer_item(attempt.pk, seq=1, at=MONDAY, **sent)
    finish_quiz(attempt.pk, by=attempt.user, at=MONDAY)
    count_attempts(at=MONDAY)


def test_every_type_is_found_in_the_order_of_its_quiz() -> None:
    QuizFactory(published=every_type_raw())
    bank = question_bank(Wanted(), 1)
    assert [row.type.replace("_", "-") for row in bank.rows] == list(TYPES)
    assert (bank.total, bank.before, bank.after) == (len(TYPES), None, None)
    assert all(row.type_words for row in bank.rows)


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ({"tag": "billing"}, True),
        ({"tag": "bill"}, False),
        ({"skill": "empathy"}, True),
        ({"skill": "eq"}, False),
        ({"behaviour": "EM2"}, True),
        ({"behaviour": "EM1"}, False),
        ({"type": "single_choice"}, True),
        ({"type": "matching"}, False),
        ({"level": "hard"}, True),
        ({"level": "easy"}, False),
        ({"text": "100%_SURE"}, True),
        ({"text": "100% sure"}, False),
        ({"flag": "any"}, False),
        ({"text": "sure", "skill": "empathy", "tag": "billing", "level": "hard"}, True),
    ],
)
def test_what_narrows_the_bank(wanted: dict[str, str], is_found: bool) -> None:
    facts = {"title": "Only this 100%_sure one", "behaviour": "EM2", "difficulty": 0.4}
    QuizFactory(published=with_first(**facts, tags=["billing", "calls"]))
    assert ("Only this 100%_sure one" in titles(**wanted)) is is_found


def test_a_flag_is_found_once_the_statistics_raise_it() -> None:
    quiz = QuizFactory(published=quiz_raw())
    answered(quiz, "A")
    QuizStatistic.objects.filter(step_id="first").update(flags=["all_know"])
    for flag in ("any", "all_know"):
        [row] = question_bank(Wanted(flag=flag), 1).rows
        assert (row.id, row.flag_words) == (banked(quiz).pk, ("Nearly everybody earns it",))
    assert titles(flag="hardly_any") == []


def test_what_is_not_asked_any_more_or_archived_is_not_in_the_bank() -> None:
    quiz = QuizFactory(published=quiz_raw())
    kept = banked(quiz)
    publish_revision(quiz, quiz_raw(items=quiz_raw()["items"][:1]), by=None, at=MONDAY)
    assert [row.id for row in question_bank(Wanted(), 1).rows] == [kept.pk]
    Activity.objects.update(archived_at=MONDAY)
    assert titles() == []


def test_what_was_published_before_there_was_a_bank_is_taken_in_once() -> None:
    QuizFactory(published=quiz_raw())
    BankQuestion.objects.all().delete()
    assert [bank_what_is_missing() for _ in range(2)] == [1, 0]
    assert len(titles()) == len(quiz_raw()["items"])


@pytest.mark.parametrize("quizzes", [1, 3])
def test_a_list_takes_two_queries(quizzes: int, django_assert_num_queries) -> None:
    for _ in range(quizzes):
        QuizFactory(published=quiz_raw())
    with django_assert_num_queries(2):
        question_bank(Wanted(), 1)


# One question


def test_versions_are_runs_of_revisions_and_numbers_belong_to_a_key() -> None:
    quiz = QuizFactory(published=quiz_raw())
    answered(quiz, "A")
    for changed, kind in (
        ({"prompt": "What now, in other words?"}, ChangeKind.TYPO),
        ({"prompt": "What now, in other words?"}, ChangeKind.NEW_CONTENT),
        ({"prompt": "What now?", "options": _other_key()}, ChangeKind.WRONG_KEY),
    ):
        raw = with_first(**changed) | {"intro": f"It changes: {kind}."}
        publish_revision(quiz, raw, by=None, at=MONDAY, change_kind=kind)

    page = question_page(banked(quiz))
    assert [
        (one.first, one.last, one.change, one.has_other_key, one.row.attempts)
        for one in page.versions
    ] == [
        (4, 4, ChangeKind.WRONG_KEY, True, 0),
        (2, 3, ChangeKind.TYPO, False, 1),
        (1, 1, ChangeKind.NEW_CONTENT, False, 1),
    ]


def test_a_copy_and_where_it_was_written_know_each_other() -> None:
    source = QuizFactory(published=quiz_raw())
    address = question_page(banked(source)).address
    copy = QuizFactory(published=with_first(origin=address))
    QuizFactory(published=quiz_raw())

    for quiz in (source, copy):
        page = question_page(banked(quiz))
        assert [(one.question, one.is_origin, one.is_same) for one in page.places] == [
            (banked(source).pk, True, True),
            (banked(copy).pk, False, True),
        ]
    assert [
        row.quizzes
        for row in question_bank(Wanted(), 1).rows
        if row.title.endswith("first question")
    ] == [2, 2, 1]
    publish_revision(source, with_first(prompt="Other words?"), by=None, at=MONDAY)
    assert [one.is_same for one in question_page(banked(source)).places] == [True, False]


def test_it_says_which_sections_may_draw_it() -> None:
    sections = [{"draw": 1, "title": "Bills", "tags": ["bills"]}, {"draw": 1}]
    raw = with_first(tags=["bills"]) | {"sections": sections}
    page = question_page(banked(QuizFactory(published=raw)))
    assert (page.is_always_asked, page.sections) == (False, ("Bills", "2"))


def _other_key() -> list[dict[str, Any]]:
    return [option("A"), option("B", right=True), option("C")]
