"""What a refresher card asks, and its key; read from the content that its owner met."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from assessments.models import CardKind, SpacedCard
from assessments.queries.answers import replies_of
from assessments.queries.missed import misses_gate
from assessments.responses import read_response
from assessments.scoring import ItemScore, score_item
from assessments.spacing import REMEMBERED_FROM
from courses.content.extras import RefresherCard
from courses.content.options import KeyedOption, Option, Standing
from courses.content.quiz_items import Item, ItemType, KeySource
from courses.content.scenario_graph import open_choices, replay
from courses.content.scenario_score import choice_share
from courses.content.scenario_shapes import Choice
from courses.queries.content import quiz_of, scenario_of
from courses.queries.refreshers import refresher_of


@dataclass(frozen=True)
class KeyedCard:
    """A card with a key, as a quiz item; `shares` has what each reply at a moment earns."""

    item: Item
    who: str = ""
    shares: Mapping[str, float] = field(default_factory=dict, repr=False)

    def score(self, response: Mapping[str, Any]) -> ItemScore:
        """Return what an answer earns, from 0 to 1.

        Raises:
            InvalidResponse: the answer cannot be used.
        """
        if not self.shares:
            return score_item(self.item, response)
        read_response(self.item, response)
        share = self.shares[response["option"]]
        return ItemScore(self.item.id, True, share, share >= REMEMBERED_FROM)


def type_of(card: SpacedCard) -> ItemType:
    """Return how a card with a key is answered."""
    return ItemType.SINGLE_CHOICE if card.kind == CardKind.MOMENT else _item_of(card).type


def keyed_card(card: SpacedCard) -> KeyedCard:
    """Return what a card with a key asks: one query for a moment, none for a question."""
    if card.kind == CardKind.MOMENT:
        return _moment_of(card)
    return KeyedCard(replace(_item_of(card), asks_confidence=False))


def recall_card(card: SpacedCard) -> RefresherCard:
    """Return what a card from memory asks, and what stands on its back."""
    assert card.version is not None
    return next(one for one in refresher_of(card.version).cards if one.id == card.step_id)


def _item_of(card: SpacedCard) -> Item:
    assert card.revision is not None
    return next(one for one in quiz_of(card.revision).items if one.id == card.step_id)


def _moment_of(card: SpacedCard) -> KeyedCard:
    """Return the moment as it was met in that run, as a question with one answer to choose."""
    assert card.revision is not None
    assert card.attempt is not None
    assert card.reply_number is not None
    scenario = scenario_of(card.revision)
    patient = scenario.card(card.attempt.card)
    step = replay(scenario, patient, replies_of(card.attempt))[card.reply_number - 1]
    moment = patient.moments[card.step_id]
    offered = open_choices(patient, step.before)
    shares = {one.id: _share(one, offered) for one in offered}
    item = Item(
        id=moment.id,
        type=ItemType.SINGLE_CHOICE,
        title=moment.title,
        behaviour=moment.behaviour,
        difficulty=0.5,
        stem=f"“{step.spoken.words}”" if step.spoken.words else step.spoken.stage,
        prompt=gettext("What would you say now?"),
        picture=None,
        keyed_by=(
            KeySource.AUTHOR
            if any(one.effectiveness.is_provisional for one in offered)
            else KeySource.PANEL
        ),
        rationale=gettext("An expert might say: %(words)s") % {"words": moment.expert},
        options=tuple(_option(one, shares[one.id]) for one in offered),
    )
    return KeyedCard(item, patient.name, shares)


def _share(choice: Choice, offered: tuple[Choice, ...]) -> float:
    """Return what a reply earns; nothing where it leaves out a safety step."""
    if misses_gate(choice):
        return 0.0
    return choice_share(choice, offered)


def _option(choice: Choice, share: float) -> KeyedOption:
    return KeyedOption(
        shown=Option(choice.id, choice.text),
        feedback=f"{choice.felt} {choice.why}".strip(),
        standing=Standing.RIGHT if share >= REMEMBERED_FROM else Standing.OTHER,
    )
