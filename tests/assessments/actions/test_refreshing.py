"""Answering refresher cards: kept once, put off by the answer, and no weight in any skill."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from assessments.actions.quiz_attempts import start_quiz
from assessments.actions.refreshing import (
    CardNotOpen,
    answer_card,
    bring_card_back,
    end_pause,
    grade_card,
    pause_refreshers,
    retire_card,
    turn_card,
)
from assessments.models import (
    CardReview,
    ItemTally,
    RefresherPause,
    SkillEstimate,
    SkillEvidence,
    SpacedCard,
)
from assessments.responses import InvalidResponse
from assessments.spacing import Grade, Review, standing_after
from courses.actions.publishing import publish_revision
from courses.models import ChangeKind
from portal.audit.models import AuditEvent
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, every_type_raw
from tests.factories.refreshers import (
    KEYED_TYPES,
    TODAY,
    TUESDAY,
    WRONG_KEPT,
    item_card,
    missed_quiz,
    moment_card,
    recall_card,
)
from tests.factories.runs import begin_run
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

RIGHT, WRONG = {"option": "A"}, {"option": "B"}


@pytest.fixture
def priya():
    return PersonFactory()


def answered(card, payload=RIGHT, *, number=1, at=TUESDAY, by=None):
    return answer_card(card.pk, number=number, payload=payload, by=by or card.user, at=at)


def reviews_of(card):
    rows = CardReview.objects.filter(card=card).order_by("number")
    return list(rows.values_list("number", "grade", "points", "response", "on"))


def test_an_answer_is_kept_scored_and_puts_the_card_off(priya):
    card = answered(item_card(priya))

    assert reviews_of(card) == [(1, Grade.REMEMBERED, 1.0, RIGHT, TODAY)]
    assert (card.due_on, card.reviews, card.reviewed_on) == (date(2026, 11, 26), 1, TODAY)


def test_a_wrong_answer_brings_it_back_the_next_day(priya):
    card = answered(item_card(priya), WRONG)

    assert reviews_of(card) == [(1, Grade.NOT_YET, 0.0, WRONG, TODAY)]
    assert card.due_on == TODAY + timedelta(days=1)


@pytest.mark.parametrize("item", KEYED_TYPES)
def test_every_type_of_question_is_scored_by_its_own_rule(priya, item):
    card = item_card(priya, item)
    with pytest.raises(InvalidResponse):
        answered(card, {})
    answered(card, WRONG_KEPT[item])
    card = answered(card, KEPT[item], number=2, at=TUESDAY + timedelta(days=1))

    assert [grade for _number, grade, *_rest in reviews_of(card)] == [
        Grade.NOT_YET,
        Grade.REMEMBERED,
    ]


@pytest.mark.parametrize(
    ("moment", "choice", "grade"),
    [
        ("hello", "A", Grade.REMEMBERED),
        ("hello", "B", Grade.NOT_YET),
        ("check", "A", Grade.NOT_YET),
        ("check", "B", Grade.REMEMBERED),
    ],
)
def test_a_moment_is_scored_by_what_the_reply_is_worth_there(priya, moment, choice, grade):
    card = answered(moment_card(priya, moment), {"option": choice})

    assert [one[1] for one in reviews_of(card)] == [grade]


def test_where_a_card_stands_can_be_worked_out_anew_from_its_reviews(priya):
    card, at = item_card(priya), TUESDAY
    for number, payload in enumerate((RIGHT, RIGHT, WRONG, RIGHT, RIGHT), start=1):
        card = answered(card, payload, number=number, at=at)
        at += timedelta(days=(card.due_on - card.reviewed_on).days + number % 2)

    past = [Review(on, Grade(grade)) for _n, grade, _points, _response, on in reviews_of(card)]
    found = standing_after(card.begun_on, past)
    stored = SpacedCard.objects.get(pk=card.pk)
    assert (stored.due_on, stored.stability, stored.difficulty) == (
        found.due_on,
        found.stability,
        found.difficulty,
    )


def test_remembered_after_the_longest_gap_it_rests(priya):
    card, at = item_card(priya), TUESDAY
    for number in range(1, 6):
        card = answered(card, number=number, at=at)
        at += timedelta(days=(card.due_on - card.reviewed_on).days) if card.due_on else timedelta()

    assert card.due_on is None
    with pytest.raises(CardNotOpen):
        answered(card, number=6, at=at + timedelta(days=100))


def test_the_same_answer_sent_twice_is_one_and_the_first_one_stands(priya):
    card = item_card(priya)
    answered(card, WRONG)
    card = answered(card, RIGHT)

    assert reviews_of(card) == [(1, Grade.NOT_YET, 0.0, WRONG, TODAY)]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_keep_one_answer():
    card = item_card(PersonFactory())
    found = all_at_once([lambda: answered(card, RIGHT)] * 4)

    assert [one.reviews for one in found] == [1] * 4
    assert len(reviews_of(card)) == 1


def test_before_its_day_a_card_takes_no_answer(priya):
    card = item_card(priya)
    with pytest.raises(CardNotOpen):
        answered(card, at=MONDAY)
    answered(card)
    with pytest.raises(CardNotOpen):
        answered(card, number=2)
    with pytest.raises(CardNotOpen):
        answered(card, number=3, at=TUESDAY + timedelta(days=9))


def test_while_its_quiz_is_open_a_card_takes_no_answer(priya):
    card = item_card(priya)
    start_quiz(card.revision.activity, by=priya, at=TUESDAY)

    with pytest.raises(CardNotOpen):
        answered(card)
    assert reviews_of(card) == []


def test_while_its_call_is_open_a_card_takes_no_answer(priya):
    card = moment_card(priya)
    begin_run(card.revision.activity, priya, at=TUESDAY)

    with pytest.raises(CardNotOpen):
        answered(card)


def test_another_persons_open_quiz_changes_nothing(priya):
    card = item_card(priya)
    start_quiz(card.revision.activity, by=PersonFactory(), at=TUESDAY)

    assert answered(card).reviews == 1


@pytest.mark.parametrize(
    ("change", "is_open"), [(ChangeKind.WRONG_KEY, False), (ChangeKind.TYPO, True)]
)
def test_a_card_whose_key_was_wrong_takes_no_answer(priya, change, is_open):
    card = item_card(priya)
    raw = every_type_raw(title="Mended")
    publish_revision(card.revision.activity, raw, by=None, at=MONDAY, change_kind=change)

    if is_open:
        assert answered(card).reviews == 1
        return
    with pytest.raises(CardNotOpen):
        answered(card)


def test_another_persons_card_is_not_there(priya):
    card = item_card(PersonFactory())
    for action in (
        lambda: answered(card, by=priya),
        lambda: turn_card(card.pk, number=1, words="", by=priya, at=TUESDAY),
        lambda: grade_card(card.pk, number=1, grade=Grade.NEARLY, by=priya, at=TUESDAY),
        lambda: retire_card(card.pk, by=priya, at=TUESDAY),
        lambda: bring_card_back(card.pk, by=priya, at=TUESDAY),
    ):
        with pytest.raises(SpacedCard.DoesNotExist):
            action()


def test_a_card_from_memory_is_turned_then_graded_by_its_owner(priya):
    card = recall_card(priya)
    with pytest.raises(CardNotOpen):
        grade_card(card.pk, number=1, grade=Grade.REMEMBERED, by=priya, at=TUESDAY)

    card = turn_card(card.pk, number=1, words="I hear you.", by=priya, at=TUESDAY)
    assert (card.shown_on, card.own_words, card.reviews) == (TODAY, "I hear you.", 0)

    card = grade_card(card.pk, number=1, grade=Grade.NEARLY, by=priya, at=TUESDAY)
    assert reviews_of(card) == [(1, Grade.NEARLY, None, {"text": "I hear you."}, TODAY)]
    assert (card.shown_on, card.own_words) == (None, "")


def test_once_it_is_turned_the_words_stand(priya):
    card = recall_card(priya)
    turn_card(card.pk, number=1, words="Mine.", by=priya, at=TUESDAY)
    card = turn_card(card.pk, number=1, words="The back, copied.", by=priya, at=TUESDAY)

    assert card.own_words == "Mine."


def test_words_that_no_page_would_take_are_refused_and_the_card_stays_as_it_is(priya):
    card = recall_card(priya)
    with pytest.raises(InvalidResponse):
        turn_card(card.pk, number=1, words="x" * 2001, by=priya, at=TUESDAY)

    assert SpacedCard.objects.get(pk=card.pk).shown_on is None


def test_turned_on_another_day_it_is_a_fresh_card_again(priya):
    card = recall_card(priya)
    turn_card(card.pk, number=1, words="", by=priya, at=TUESDAY)
    with pytest.raises(CardNotOpen):
        grade_card(card.pk, number=1, grade=Grade.NEARLY, by=priya, at=TUESDAY + timedelta(days=1))


def test_graded_twice_the_first_grade_stands(priya):
    card = recall_card(priya)
    turn_card(card.pk, number=1, words="", by=priya, at=TUESDAY)
    for grade in (Grade.NOT_YET, Grade.REMEMBERED):
        grade_card(card.pk, number=1, grade=grade, by=priya, at=TUESDAY)

    assert [one[1] for one in reviews_of(card)] == [Grade.NOT_YET]


def test_reviews_are_never_changed_or_deleted(priya):
    answered(item_card(priya))
    for change in (
        lambda: CardReview.objects.update(grade=3),
        lambda: CardReview.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_answers_carry_no_weight_in_any_skill(priya):
    missed_quiz(priya, ("single-choice", "true-false"))
    weighed = (SkillEvidence, SkillEstimate, ItemTally)
    before = [list(model.objects.order_by("pk").values()) for model in weighed]
    for card in SpacedCard.objects.filter(user=priya):
        answered(card, KEPT[card.step_id])

    assert CardReview.objects.count() == 2
    assert [list(model.objects.order_by("pk").values()) for model in weighed] == before
    assert before[0]  # the quiz itself did


def test_a_card_that_is_not_needed_rests_and_can_be_brought_back(priya):
    card = item_card(priya)
    for _ in range(2):
        retire_card(card.pk, by=priya, at=TUESDAY)
    with pytest.raises(CardNotOpen):
        answered(card)
    for _ in range(2):
        bring_card_back(card.pk, by=priya, at=TUESDAY)

    assert answered(card).reviews == 1
    actions = AuditEvent.objects.filter(actor_id=priya.pk, verb__in=["retired", "brought back"])
    assert sorted(actions.values_list("verb", flat=True)) == ["brought back", "retired"]


def test_what_a_newer_card_replaced_is_not_brought_back(priya):
    card = item_card(priya)
    SpacedCard.objects.update(retired_at=MONDAY, retired_as="replaced")

    assert bring_card_back(card.pk, by=priya, at=TUESDAY).is_retired


def test_a_pause_is_set_moved_and_ended(priya):
    for days in (3, 10):
        pause_refreshers(TODAY + timedelta(days=days), by=priya, at=TUESDAY)
    assert RefresherPause.objects.get(user=priya).until == TODAY + timedelta(days=10)

    for _ in range(2):
        end_pause(by=priya, at=TUESDAY)
    assert not RefresherPause.objects.exists()
