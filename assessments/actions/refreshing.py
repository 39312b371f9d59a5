"""Five minutes of practice: each answer to a card is kept on its own, and says when it is due."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.models import CardReview, RefresherPause, RetiredAs, SpacedCard
from assessments.queries.refresher_cards import keyed_card
from assessments.queries.refreshers import is_due, may_be_told
from assessments.responses import LONGEST_TEXT, InvalidResponse, gettext_noop, read_kept
from assessments.spacing import Grade, Review, grade_of, standing_after
from portal.audit.models import record
from portal.kit.clock import local_date
from portal.kit.errors import Refusal
from portal.people.models import User


class CardNotOpen(Refusal):
    """The card takes no answer now."""


@transaction.atomic
def answer_card(
    card_id: int, *, number: int, payload: dict[str, Any], by: User, at: datetime
) -> SpacedCard:
    """Score and keep the answer to a card with a key. Review `number` is kept once: the first.

    Raises:
        SpacedCard.DoesNotExist: the person has no such card.
        InvalidResponse: the answer cannot be used; nothing was changed.
        CardNotOpen: nothing was changed.
    """
    card = _locked(card_id, by)
    if number <= card.reviews:
        return card
    today = local_date(at, by.time_zone)
    _refuse_unless_open(card, number, today)
    asked = keyed_card(card)
    kept = read_kept(asked.item, payload)
    points = asked.score(kept).points or 0.0
    return _keep(card, grade_of(points), kept, points=points, today=today, at=at)


@transaction.atomic
def turn_card(card_id: int, *, number: int, words: str, by: User, at: datetime) -> SpacedCard:
    """Keep what somebody would say, and let them see the back of a card from memory.

    Once it is turned, the words stand.

    Raises:
        SpacedCard.DoesNotExist: the person has no such card.
        InvalidResponse: the words are too long; nothing was changed.
        CardNotOpen: nothing was changed.
    """
    card = _locked(card_id, by)
    today = local_date(at, by.time_zone)
    if number <= card.reviews or card.shown_on == today:
        return card
    _refuse_unless_open(card, number, today)
    if len(words) > LONGEST_TEXT:
        raise InvalidResponse(gettext_noop("This is very long; a sentence or two is enough."))
    card.shown_on, card.own_words = today, words
    card.save(update_fields=["shown_on", "own_words"])
    return card


@transaction.atomic
def grade_card(card_id: int, *, number: int, grade: Grade, by: User, at: datetime) -> SpacedCard:
    """Keep how well somebody says they remembered a card that has no key.

    Raises:
        SpacedCard.DoesNotExist: the person has no such card.
        CardNotOpen: nothing was changed.
    """
    card = _locked(card_id, by)
    if number <= card.reviews:
        return card
    today = local_date(at, by.time_zone)
    _refuse_unless_open(card, number, today)
    if card.shown_on != today:
        raise CardNotOpen(_("Answer first, then look at the back of the card."))
    response = {"text": card.own_words} if card.own_words else {}
    return _keep(card, grade, response, points=None, today=today, at=at)


@transaction.atomic
def retire_card(card_id: int, *, by: User, at: datetime) -> SpacedCard:
    """Let a card not come back, as its owner wishes; safe to repeat.

    Raises:
        SpacedCard.DoesNotExist: the person has no such card.
    """
    card = _locked(card_id, by)
    if not card.is_retired:
        card.retired_at, card.retired_as = at, RetiredAs.OWN_WISH
        card.save(update_fields=["retired_at", "retired_as"])
        record("retired", card, by=by, at=at)
    return card


@transaction.atomic
def bring_card_back(card_id: int, *, by: User, at: datetime) -> SpacedCard:
    """Undo that a card was retired by its owner; safe to repeat.

    Raises:
        SpacedCard.DoesNotExist: the person has no such card.
    """
    card = _locked(card_id, by)
    if card.retired_as == RetiredAs.OWN_WISH:
        card.retired_at, card.retired_as = None, ""
        card.save(update_fields=["retired_at", "retired_as"])
        record("brought back", card, by=by, at=at)
    return card


@transaction.atomic
def pause_refreshers(until: date, *, by: User, at: datetime) -> RefresherPause:
    """Show and mail no cards before the day `until`; a later pause takes the place of this one."""
    pause, _is_new = RefresherPause.objects.update_or_create(
        user=by, defaults={"until": until, "set_at": at}
    )
    record("paused", pause, by=by, at=at, until=until.isoformat())
    return pause


@transaction.atomic
def end_pause(*, by: User, at: datetime) -> None:
    """Let cards come again from now on; safe to repeat."""
    for pause in RefresherPause.objects.select_for_update().filter(user=by):
        record("ended pause", pause, by=by, at=at)
        pause.delete()


def _locked(card_id: int, user: User) -> SpacedCard:
    cards = SpacedCard.objects.select_for_update(of=("self",))
    cards = cards.select_related("revision", "version", "attempt")
    cards = cards.defer("revision__content", "version__content", "attempt__run_state")
    return cards.get(pk=card_id, user=user)


def _refuse_unless_open(card: SpacedCard, number: int, today: date) -> None:
    if number != card.next_number or not is_due(card, today):
        raise CardNotOpen(_("This card is not due now. Here is what is."))
    if not may_be_told(card):
        raise CardNotOpen(_("This card waits until you have finished what it comes from."))


def _keep(
    card: SpacedCard,
    grade: Grade,
    response: dict[str, Any],
    *,
    points: float | None,
    today: date,
    at: datetime,
) -> SpacedCard:
    """Write a review down and work out anew, from all of them, when the card comes back."""
    CardReview.objects.create(
        card=card,
        number=card.next_number,
        grade=grade,
        points=points,
        response=response,
        on=today,
        reviewed_at=at,
    )
    past = card.past_reviews.order_by("number").values_list("on", "grade")
    standing = standing_after(card.begun_on, [Review(on, Grade(one)) for on, one in past])
    card.due_on = standing.due_on
    card.stability, card.difficulty = standing.stability, standing.difficulty
    card.reviews, card.reviewed_on = card.next_number, today
    card.shown_on, card.own_words = None, ""
    card.save()
    return card
