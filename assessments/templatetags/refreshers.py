"""Template tags about refresher cards: how many are due, and what one is called in a list."""

from django import template
from django.utils.translation import gettext as _

from assessments.models import CardKind, SpacedCard
from assessments.queries.refresher_cards import recall_card
from assessments.queries.refreshers import cards_due
from courses.queries.content import quiz_of, scenario_of
from portal.kit.clock import now
from portal.people.models import User

register = template.Library()


@register.simple_tag
def refreshers_due(user: User) -> int:
    """Return how many refresher cards somebody may still answer today."""
    return cards_due(user, now=now())


@register.filter
def card_name(card: SpacedCard) -> str:
    """Return what a card asks, without anything of its key."""
    if card.kind == CardKind.RECALL:
        return recall_card(card).front
    assert card.revision is not None
    if card.kind == CardKind.ITEM:
        items = quiz_of(card.revision).items
        return next(one.prompt for one in items if one.id == card.step_id)
    moments = scenario_of(card.revision).moments
    title = next(one.title for one in moments if one.id == card.step_id)
    return _("What would you say now? %(title)s") % {"title": title}
