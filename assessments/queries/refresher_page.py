"""A refresher card as its owner sees it: asked, turned, told or put away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assessments.models import CardKind, SpacedCard
from assessments.queries.quiz_page import AskedQuestion
from assessments.queries.refresher_cards import keyed_card, recall_card
from assessments.queries.refreshers import Session
from courses.content.extras import RefresherCard


@dataclass(frozen=True)
class AskedCard(AskedQuestion):
    """A card with a key, asked as a question; `who` is on the line, where it is a moment."""

    card: SpacedCard
    who: str

    @property
    def media(self) -> Mapping[str, str]:
        """The hashes of the files that it shows and plays, by name."""
        assert self.card.revision is not None
        media: Mapping[str, str] = self.card.revision.media
        return media


@dataclass(frozen=True)
class CardPage:
    """One card of today's session.

    `asked` is there where it has a key, else `front`; `back` only once it is turned.
    """

    card: SpacedCard
    session: Session
    asked: AskedCard | None = None
    front: str = ""
    back: str = ""

    @property
    def is_told(self) -> bool:
        """Whether it has been answered, and shows what that teaches."""
        return self.asked is not None and self.asked.is_told

    @property
    def number(self) -> int:
        """Its place among the cards of today, counted from 1."""
        return max(1, self.session.done + (not self.is_told))

    def with_answer(self, payload: dict[str, Any]) -> "CardPage":
        """Return this page with an answer filled in that is not kept."""
        assert self.asked is not None
        return replace(self, asked=self.asked.with_answer(payload))

    @property
    def is_last(self) -> bool:
        """Whether no other card is left today."""
        return not [one for one in self.session.left if one.pk != self.card.pk]


def card_page(card: SpacedCard, session: Session, *, today: date) -> CardPage:
    """Return a card that is due, as it is asked; one from memory with its back if it is turned."""
    if card.kind != CardKind.RECALL:
        return CardPage(card, session, asked=_asked(card, card.next_number))
    found: RefresherCard = recall_card(card)
    back = found.back if card.shown_on == today else ""
    return CardPage(card, session, front=found.front, back=back)


def told_page(card: SpacedCard, session: Session) -> CardPage:
    """Return a card with a key that was answered, with what its last answer teaches."""
    return CardPage(card, session, asked=_asked(card, card.reviews, is_told=True))


def _asked(card: SpacedCard, number: int, *, is_told: bool = False) -> AskedCard:
    """Return what a card asks at a review; each review has an order of its own."""
    keyed = keyed_card(card)
    question = keyed.item.asked(1000 * card.pk + number, shuffled=True)
    response = card.past_reviews.get(number=number).response if is_told else {}
    return AskedCard(
        question=question,
        response=response,
        explanation=keyed.item.explained() if is_told else None,
        score=keyed.score(response) if is_told else None,
        order=tuple(response.get("order", [option.id for option in question.options])),
        card=card,
        who=keyed.who,
    )
