"""After a wrong key, for every type of question: results, marks by hand, draws and statistics."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from assessments.actions.marking import mark_answer
from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.regrading import begin_regrading, regrade_all, regrade_attempts
from assessments.actions.statistics import count_attempts
from assessments.models import Attempt, QuizStatistic, Regrade
from assessments.queries.regrading import regrade_preview
from assessments.queries.statistics import statistics_page
from courses.actions.publishing import publish_revision
from courses.models import Activity, ActivityProgress, ChangeKind, ContentRevision
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.marks import handed_in, marked_quiz
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, TYPES, every_type_raw, marked_raw

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)
SCORED = tuple(one for one in TYPES if one != "short-text")
WRONG_KEYS: dict[str, dict[str, Any]] = {
    "single-choice": {"options": {"A": {"right": False}, "B": {"right": True}}},
    "multiple-choice": {"options": {"A": {"right": False}, "C": {"right": True}}},
    "true-false": {"answer": False},
    "matching": {"options": {"A": {"goes_with": "x"}}},
    "fill-gap": {"gaps": {"A": {"accepted": ["brown"]}}},
    "mark-sentence": {"options": {"A": {"right": False}, "C": {"right": True}}},
    "best-worst": {"options": {"A": {"standing": "worst"}, "B": {"standing": "best"}}},
    "rank-all": {"options": {"C": {"rating": 4}}},
    "rate-each": {"options": {"B": {"rating": 1}}},
}


def miskeyed(item_type: str) -> dict[str, Any]:
    """Return a quiz of every type of which one has a wrong key."""
    raw = deepcopy(every_type_raw())
    item = next(one for one in raw["items"] if one["id"] == item_type)
    if item_type == "ordering":
        item["options"].reverse()
    for field, change in WRONG_KEYS.get(item_type, {}).items():
        if isinstance(change, dict):
            for part in item[field]:
                part.update(change.get(part["id"], {}))
        else:
            item[field] = change
    return raw


def take_all(quiz: Activity, by: User) -> Attempt:
    attempt = start_quiz(quiz, by=by, at=MONDAY)
    for seq, item_id in enumerate(TYPES, 1):
        payload = KEPT[item_id]
        answer_item(attempt.pk, seq=seq, item_id=item_id, payload=payload, by=by, at=MONDAY)
    return finish_quiz(attempt.pk, by=by, at=MONDAY)


def mend(quiz: Activity, raw: dict[str, Any], kind=ChangeKind.WRONG_KEY) -> ContentRevision:
    media = quiz.live_revision.media
    made = publish_revision(quiz, raw, by=None, at=LATER, change_kind=kind, media=media)
    quiz.refresh_from_db()
    return ContentRevision.objects.get(pk=made.pk)


def regrade(revision: ContentRevision) -> int:
    by = PersonFactory(author=True)
    return regrade_attempts(begin_regrading(revision, by=by, at=LATER), at=LATER)


def points_of(attempt: Attempt, item_id: str) -> float | None:
    attempt.refresh_from_db()
    found: float | None = attempt.result["items"][item_id]["points"]
    return found


@pytest.mark.parametrize("item_type", SCORED)
def test_a_right_answer_that_a_wrong_key_lost_counts_once_it_is_mended(item_type) -> None:
    quiz = QuizFactory(published=miskeyed(item_type))
    attempt = take_all(quiz, PersonFactory())
    before = points_of(attempt, item_type)

    assert regrade(mend(quiz, every_type_raw())) == 1

    assert before is not None
    assert before < 1
    assert {points_of(attempt, one) for one in SCORED} == {1.0}
    assert points_of(attempt, "short-text") is None
    assert attempt.points == 100


def test_the_same_key_again_changes_nobody() -> None:
    quiz = QuizFactory(published=every_type_raw())
    attempt = take_all(quiz, PersonFactory())
    before = attempt.result
    revision = mend(quiz, every_type_raw(title="Another name"))

    assert (regrade_preview(revision).changed, regrade(revision)) == (0, 1)
    attempt.refresh_from_db()
    assert (attempt.result, Regrade.objects.get().is_changed) == (before, False)
    assert not OutgoingEmail.objects.filter(kind="quiz_regraded").exists()


def test_a_lower_pass_mark_lets_people_pass_though_no_answer_changes() -> None:
    quiz = QuizFactory(published=quiz_raw(pass_mark=90))
    attempt = start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    finish_quiz(attempt.pk, by=attempt.user, at=MONDAY)
    revision = mend(quiz, quiz_raw(pass_mark=0))

    assert regrade_preview(revision).now_pass == 1
    regrade(revision)
    assert ActivityProgress.objects.get(user=attempt.user).finished_at == MONDAY


def miskeyed_with_marks(**changes: Any) -> dict[str, Any]:
    raw = deepcopy(marked_raw(**changes))
    for option in raw["items"][0]["options"]:
        option["right"] = option["id"] == "B"
    return raw


def letter_of(raw: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in raw["items"] if one["id"] == "letter")
    return found


@pytest.fixture
def marked() -> tuple[Activity, Attempt]:
    """A quiz with a wrong key whose letter a lead gave half of the points."""
    dana, priya = a_pair()
    quiz = marked_quiz()
    mend(quiz, miskeyed_with_marks(), ChangeKind.NEW_CONTENT)
    mark = handed_in(priya, quiz)
    mark_answer(mark, levels={"facts": 1, "next": 1}, comment="", by=dana, at=MONDAY)
    return quiz, Attempt.objects.get(pk=mark.attempt_id)


def test_what_a_lead_marked_holds(marked) -> None:
    quiz, attempt = marked
    assert round(attempt.points) == 50
    regrade(mend(quiz, marked_raw()))
    assert (points_of(attempt, "letter"), points_of(attempt, "first")) == (0.5, 1)
    assert round(attempt.points) == 83


def test_a_mark_holds_as_it_was_where_the_rubric_has_become_another(marked) -> None:
    quiz, attempt = marked
    raw = deepcopy(marked_raw())
    letter_of(raw)["rubric"][0]["id"] = "story"
    regrade(mend(quiz, raw))
    assert (points_of(attempt, "letter"), points_of(attempt, "first")) == (0.5, 1)


def test_what_waits_for_marking_follows_once_it_is_marked() -> None:
    dana, priya = a_pair()
    quiz = marked_quiz()
    mend(quiz, miskeyed_with_marks(), ChangeKind.NEW_CONTENT)
    mark = handed_in(priya, quiz)
    revision = mend(quiz, marked_raw())

    page = regrade_preview(revision)
    assert (page.waiting, page.still_open, regrade(revision)) == (0, 1, 0)
    mark_answer(mark, levels={"facts": 2, "next": 2}, comment="", by=dana, at=LATER)
    assert regrade_all(at=LATER) == 1
    assert Attempt.objects.get(pk=mark.attempt_id).points == 100


def test_of_a_bank_only_what_was_drawn_counts() -> None:
    def bank(key: str) -> dict[str, Any]:
        first = deepcopy(quiz_raw()["items"][0])
        for option in first["options"]:
            option["right"] = option["id"] == key
        items = [first | {"id": f"i{number}"} for number in range(9)]
        return quiz_raw(items=items, sections=[{"draw": 3}], shuffle_questions=True)

    quiz = QuizFactory(published=bank("A"))
    attempt = start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    for seq, item_id in enumerate(attempt.drawn[:2], 1):
        payload = {"option": "B"}
        sent = {"item_id": item_id, "payload": payload, "by": attempt.user}
        answer_item(attempt.pk, seq=seq, at=MONDAY, **sent)
    finish_quiz(attempt.pk, by=attempt.user, at=MONDAY)

    regrade(mend(quiz, bank("B")))
    attempt.refresh_from_db()
    assert set(attempt.result["items"]) == set(attempt.drawn)
    assert (attempt.result["points"], attempt.result["out_of"]) == (2, 3)


def test_statistics_count_each_attempt_once_by_the_new_key_and_forget_the_old() -> None:
    quiz = QuizFactory(published=miskeyed("rank-all"))
    for _ in range(3):
        take_all(quiz, PersonFactory())
    assert count_attempts(at=MONDAY) == 3
    regrade(mend(quiz, every_type_raw()))
    assert count_attempts(at=LATER) == 3

    page = statistics_page(quiz)
    assert (page.attempts, page.earlier, page.mean) == (3, 0, 100)
    assert {(row.attempts, row.facility) for row in page.rows if row.item.is_scored} == {(3, 100)}
    left = [row.sums for row in QuizStatistic.objects.all() if not row.sums["attempts"]]
    assert len(left) == 2  # the old key of the item, and the quiz that asked it
    assert not any(value for sums in left for value in sums.values())
