"""Refresher cards come from what was missed and from what was finished, once each."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from assessments.actions.refreshers import make_cards
from assessments.actions.regrading import begin_regrading, regrade_attempts
from assessments.actions.scenario_runs import answer_moment
from assessments.models import RetiredAs, SpacedCard
from assessments.queries.refresher_cards import keyed_card
from courses.actions.progress import finish_activity
from courses.actions.publishing import publish_revision
from courses.actions.refreshers import publish_refresher
from courses.models import ChangeKind
from tests.factories.courses import LessonFactory, QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import every_type_raw
from tests.factories.refreshers import (
    KEYED_TYPES,
    TODAY,
    TUESDAY,
    finished_module,
    missed_quiz,
    module_with_cards,
    refresher_raw,
)
from tests.factories.runs import BEST_CHOICES, WORST_CHOICES, begin_run, finished_run, play
from tests.factories.scenarios import choice, small_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return PersonFactory()


def cards_of(user):
    rows = SpacedCard.objects.filter(user=user).order_by("kind", "step_id", "pk")
    return list(rows.values_list("kind", "step_id", "reply_number", "due_on"))


def test_each_question_answered_wrong_becomes_a_card_for_the_next_day(priya):
    attempt = missed_quiz(priya, ("true-false", "matching"))

    assert cards_of(priya) == [
        ("item", "matching", None, TODAY),
        ("item", "true-false", None, TODAY),
    ]
    card = SpacedCard.objects.filter(user=priya).first()
    assert (card.attempt, card.revision) == (attempt, attempt.revision)
    assert card.module_id == attempt.activity.module_id


def test_every_type_that_software_scores_can_come_back_and_own_words_do_not(priya):
    missed_quiz(priya, (*KEYED_TYPES, "short-text"))

    assert {step for _kind, step, *_rest in cards_of(priya)} == set(KEYED_TYPES)


def test_what_was_right_or_left_open_makes_no_card(priya):
    missed_quiz(priya, ())

    assert cards_of(priya) == []


def test_a_quiz_that_never_shows_its_key_makes_no_card(priya):
    quiz = QuizFactory(published=every_type_raw(feedback="at_end", shown_at_end="right_or_not"))
    missed_quiz(priya, ("single-choice",), quiz=quiz)

    assert cards_of(priya) == []


def test_the_weak_moments_of_a_call_come_back_and_a_missed_safety_step_first(priya):
    finished_run(ScenarioFactory(), priya, WORST_CHOICES)

    assert cards_of(priya) == [
        ("moment", "check", 2, TODAY),
        ("moment", "close", 3, TODAY),
        ("moment", "hello", 1, TODAY),
    ]


def test_a_call_that_went_well_makes_no_card(priya):
    finished_run(ScenarioFactory(), priya, BEST_CHOICES)

    assert cards_of(priya) == []


def test_the_day_is_one_of_the_persons_own_calendar():
    tokyo = PersonFactory(time_zone="Asia/Tokyo")  # it is Tuesday there already
    missed_quiz(tokyo)

    assert SpacedCard.objects.get(user=tokyo).due_on == date(2026, 11, 25)


def test_making_them_again_makes_none_twice(priya):
    attempt = missed_quiz(priya)
    make_cards(attempt, at=TUESDAY)

    assert len(cards_of(priya)) == 1


def test_missed_again_there_is_still_one_card(priya):
    quiz = QuizFactory(published=every_type_raw())
    missed_quiz(priya, quiz=quiz)
    missed_quiz(priya, quiz=quiz, at=TUESDAY)

    assert len(cards_of(priya)) == 1


def test_missed_in_newer_content_the_new_card_takes_the_place_of_the_old(priya):
    quiz = QuizFactory(published=every_type_raw())
    missed_quiz(priya, quiz=quiz)
    publish_revision(quiz, every_type_raw(title="A newer one"), by=None, at=TUESDAY)
    quiz.refresh_from_db()
    missed_quiz(priya, quiz=quiz, at=TUESDAY)

    found = SpacedCard.objects.order_by("pk").values_list("revision__number", "retired_as")
    assert list(found) == [(1, "replaced"), (2, "")]


def test_what_its_owner_does_not_need_stays_away(priya):
    quiz = QuizFactory(published=every_type_raw())
    missed_quiz(priya, quiz=quiz)
    SpacedCard.objects.update(retired_at=MONDAY, retired_as="own")
    publish_revision(quiz, every_type_raw(title="A newer one"), by=None, at=TUESDAY)
    quiz.refresh_from_db()
    missed_quiz(priya, quiz=quiz, at=TUESDAY)

    assert [one.retired_as for one in SpacedCard.objects.all()] == ["own"]


def test_a_finished_module_brings_its_cards(priya):
    module = module_with_cards("first", "second")
    lesson = LessonFactory(module=module)
    finish_activity(lesson, lesson.live_revision, by=priya, at=MONDAY)

    assert cards_of(priya) == [
        ("recall", "first", None, TODAY),
        ("recall", "second", None, TODAY),
    ]


def test_a_module_without_cards_brings_none(priya):
    lesson = LessonFactory()
    finish_activity(lesson, lesson.live_revision, by=priya, at=MONDAY)

    assert cards_of(priya) == []


def test_finished_again_only_newer_cards_are_made(priya):
    module = module_with_cards("first", "second")
    finished_module(priya, module)
    finished_module(priya, module, number=2, completed_at=TUESDAY)
    assert len(cards_of(priya)) == 2

    publish_refresher(module, refresher_raw("first", "third"), by=None, at=TUESDAY)
    finished_module(priya, module, number=3, completed_at=TUESDAY)

    found = SpacedCard.objects.order_by("step_id", "pk")
    assert list(found.values_list("step_id", "version__number", "retired_as")) == [
        ("first", 1, "replaced"),
        ("first", 2, ""),
        ("second", 1, ""),
        ("third", 2, ""),
    ]


def test_after_a_wrong_key_cards_are_made_by_the_right_one(priya):
    quiz = QuizFactory(published=every_type_raw())
    missed_quiz(priya, ("single-choice", "true-false"), quiz=quiz)
    mended = every_type_raw()
    single = next(one for one in mended["items"] if one["id"] == "single-choice")
    single["options"] = [{**one, "right": one["id"] == "B"} for one in single["options"]]
    revision = publish_revision(quiz, mended, by=None, at=TUESDAY, change_kind=ChangeKind.WRONG_KEY)
    regrade_attempts(
        begin_regrading(revision, by=PersonFactory(author=True), at=TUESDAY), at=TUESDAY
    )

    showable = SpacedCard.objects.active().showable()
    assert [(one.step_id, one.revision) for one in showable] == [("true-false", revision)]
    right = SpacedCard.objects.get(step_id="single-choice")
    assert (right.retired_as, right.retired_at) == (RetiredAs.RIGHT, TUESDAY)


@pytest.mark.parametrize("change", [{"step_id": "other"}, {"begun_on": TODAY}, {"kind": "moment"}])
def test_what_a_card_asks_never_changes(priya, change):
    missed_quiz(priya)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SpacedCard.objects.update(**change)
    assert SpacedCard.objects.update(due_on=TODAY) == 1


def test_a_card_is_never_deleted(priya):
    missed_quiz(priya)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        SpacedCard.objects.all().delete()


def test_a_call_that_a_wait_led_elsewhere_ends_and_its_cards_show_what_was_met(priya):
    raw = small_raw()
    raw["moments"][0]["think_time"] = {
        "seconds": 40,
        "then_says": "Are you there?",
        "effects": {"distress": 2},
    }
    late = {"gate": {"G1": "missed"}, "sets": ["slipped"], "when": {"distress": ">=3"}}
    raw["moments"][1]["choices"].append(choice("C", 1, **late))
    run = begin_run(ScenarioFactory(published=raw), priya)
    for moment, chosen, waited in (("hello", "A", True), ("check", "C", False)):
        run = answer_moment(
            run.pk,
            seq=run.next_seq,
            moment=moment,
            choice=chosen,
            waited=waited,
            by=priya,
            at=MONDAY,
        )
    run = play(run, ["A"])

    assert not run.is_open
    card = SpacedCard.objects.get(attempt=run, step_id="check")
    assert [one.shown.id for one in keyed_card(card).item.options] == ["A", "B", "C"]
