"""Marking: what is handed in waits, nothing is lost or counted early, and one mark stands."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from assessments.actions.expiring import finish_expired_quizzes
from assessments.actions.marking import AlreadyMarked, mark_answer
from assessments.actions.quiz_attempts import StillWaiting, finish_quiz, start_quiz
from assessments.models import AnswerMark, Attempt, SkillEvidence
from assessments.queries.marks import waiting_marks
from courses.models import ActivityProgress, ModuleCompletion
from portal.audit.models import AuditEvent
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.marks import FULL_MARKS, answered, handed_in, marked_quiz
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=2)
NO_MARKS = {"facts": 0, "next": 0}


@pytest.fixture
def dana() -> User:
    """A lead with one agent."""
    return a_pair()[0]


@pytest.fixture
def priya(dana: User) -> User:
    """The agent of Dana."""
    team = dana.memberships.get().team
    return MembershipFactory(user__name="Priya Raman", team=team).user


def give(mark: AnswerMark, by: User, levels=FULL_MARKS, comment="Clear."):
    return mark_answer(mark, levels=levels, comment=comment, by=by, at=LATER)


def state_of(mark: AnswerMark):
    attempt = Attempt.objects.get(pk=mark.attempt_id)
    return attempt.state, attempt.points, attempt.is_passed, attempt.finished_at


def mails() -> list[tuple[str, str]]:
    mails = OutgoingEmail.objects.filter(kind__startswith="answers_").order_by("created_at")
    return list(mails.values_list("kind", "to_address"))


def test_what_is_handed_in_waits_and_counts_for_nothing_yet(priya, dana) -> None:
    mark = handed_in(priya)

    assert state_of(mark) == ("marking", None, None, MONDAY)
    assert list(AnswerMark.objects.values_list("step_id", "asked_at")) == [("letter", MONDAY)]
    assert Attempt.objects.get().result["points"] == 2  # of three; the letter is missing
    assert SkillEvidence.objects.count() == 0
    assert not ModuleCompletion.objects.exists()
    assert mails() == [("answers_waiting", one.email) for one in [dana]]
    assert [one.pk for one in waiting_marks(dana)] == [mark.pk]
    assert AuditEvent.objects.filter(verb="handed in").count() == 1


def test_the_last_mark_fills_in_the_result_as_of_when_it_was_handed_in(priya, dana) -> None:
    mark = handed_in(priya)
    give(mark, dana)

    assert state_of(mark) == ("finished", 100, True, MONDAY)
    assert ModuleCompletion.objects.get().completed_at == MONDAY
    assert [(one.source, one.items, one.on) for one in SkillEvidence.objects.order_by("skill")] == [
        ("quiz", 1, MONDAY.date()),
        ("quiz", 2, MONDAY.date()),
    ]
    assert mails()[-1] == ("answers_marked", priya.email)
    [event] = AuditEvent.objects.filter(verb="marked")
    assert (event.actor_id, event.details) == (
        dana.pk,
        {"item": "letter", "levels": FULL_MARKS},
    )


def test_with_a_low_mark_it_is_not_passed_and_another_may_follow(priya, dana) -> None:
    quiz = marked_quiz(pass_mark=90)
    mark = handed_in(priya, quiz)
    with pytest.raises(StillWaiting, match="waits for marking"):
        start_quiz(quiz, by=priya, at=LATER)

    give(mark, dana, NO_MARKS)

    state, points, is_passed, _ = state_of(mark)
    assert (state, round(points), is_passed) == ("finished", 67, False)
    assert ActivityProgress.objects.get().finished_at is None
    assert start_quiz(quiz, by=priya, at=LATER).number == 2


def test_every_answer_that_fits_no_pattern_waits_for_its_own_mark(priya, dana) -> None:
    letter = handed_in(priya, patterns={"text": "Go on, please."})
    short = AnswerMark.objects.get(step_id="patterns")

    give(letter, dana)
    assert state_of(letter)[0] == "marking"
    give(short, dana, {"open": 0})
    assert state_of(letter)[:3] == ("finished", Decimal("66.667"), True)


def test_without_anything_to_mark_a_quiz_ends_at_once(priya) -> None:
    attempt = answered(marked_quiz(), priya, letter=None)
    finish_quiz(attempt.pk, by=priya, at=MONDAY)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.is_passed) == ("finished", True)
    assert mails() == []


def test_a_quiz_cut_off_by_its_time_waits_too_and_says_so_in_the_end(priya, dana) -> None:
    quiz = marked_quiz(time_limit=10)
    attempt = answered(quiz, priya)
    assert finish_expired_quizzes(now=LATER) == 1
    mark = attempt.marks.get()
    deadline = MONDAY + timedelta(minutes=10)
    assert state_of(mark) == ("marking", None, None, deadline)

    give(mark, dana)
    assert state_of(mark) == ("expired", 100, True, deadline)


def test_finishing_twice_asks_once(priya) -> None:
    mark = handed_in(priya)
    finish_quiz(mark.attempt_id, by=priya, at=LATER)

    assert (AnswerMark.objects.count(), len(mails())) == (1, 1)


def test_the_first_mark_stands_and_the_second_lead_is_told(priya, dana) -> None:
    mark = handed_in(priya)
    give(mark, dana, comment="Clear.")

    with pytest.raises(AlreadyMarked, match="Another lead marked this in the meantime"):
        give(mark, dana, NO_MARKS, comment="Hm.")

    mark.refresh_from_db()
    assert (mark.levels, mark.comment, mark.marked_by) == (FULL_MARKS, "Clear.", dana)
    assert SkillEvidence.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_several_marks_at_one_moment_one_stands() -> None:
    dana, priya = a_pair()
    mark = handed_in(priya)
    outcomes = all_at_once([partial(give, mark, dana, comment=str(n)) for n in range(4)])

    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyMarked"] * 3 + ["AnswerMark"]
    assert (state_of(mark)[0], SkillEvidence.objects.count(), len(mails())) == ("finished", 2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_answers_of_one_attempt_marked_at_one_moment_end_it_once() -> None:
    dana, priya = a_pair()
    letter = handed_in(priya, patterns={"text": "Go on, please."})
    short = AnswerMark.objects.get(step_id="patterns")
    all_at_once([partial(give, letter, dana), partial(give, short, dana, {"open": 2})])

    assert state_of(letter)[:3] == ("finished", 100, True)
    assert [kind for kind, _ in mails()] == ["answers_waiting", "answers_marked"]
