"""What people send while they play a scenario or take a quiz."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.models import AttemptMode
from courses.content.quiz_items import ItemType
from courses.content.reply_coach import LONGEST_REPLY
from courses.content.scenario_shapes import Scenario
from portal.kit.fields import WordsField, tidy_words

_DIGITS = tuple("0123456789")
_SEQ = re.compile("[1-9][0-9]{0,39}")


class StartRunForm(forms.Form):
    """How a run is meant, and who is on the line."""

    mode = forms.ChoiceField(choices=AttemptMode.choices)
    card = forms.ChoiceField()

    def __init__(self, *args: Any, scenario: Scenario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"].choices = [(card.id, card.name) for card in scenario.cards]


class MomentForm(forms.Form):
    """An answer at a moment: its number, the moment, and a choice or typed words.

    `waited` comes from the page's script, once the patient has spoken again for want of an answer.
    """

    seq = forms.IntegerField(min_value=1)
    moment = forms.CharField(max_length=64)
    choice = forms.CharField(max_length=64, required=False)
    waited = forms.BooleanField(required=False)
    text = WordsField(
        required=False,
        max_length=LONGEST_REPLY,
        error_messages={
            "max_length": _(
                "This is longer than %(limit_value)d characters (%(show_value)d). It is still "
                "here; shorten it to what you would say out loud."
            )
        },
    )

    def clean(self) -> dict[str, Any]:
        """Ask for either a choice or words."""
        cleaned = super().clean() or {}
        if not cleaned.get("choice") and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write what you would say first."))
        return cleaned


def numbered_item(sent: QueryDict) -> tuple[int, str] | None:
    """Return the number of an answer and the id of its question; None where the page sent neither.

    Both come from hidden fields, so nobody needs to be told what to mend; the rest of an answer
    depends on the type of the question.
    """
    seq, item_id = sent.get("seq", ""), sent.get("item", "")
    return (int(seq), item_id) if _SEQ.fullmatch(seq) and item_id else None


def payload_of(item_type: ItemType, sent: QueryDict) -> dict[str, Any]:
    """Return what was sent for a question as the plain values that scoring reads."""
    payload = _READERS[item_type](sent)
    if sent.get("confidence") in _DIGITS:
        payload["confidence"] = int(sent["confidence"])
    return payload


def _one(sent: QueryDict) -> dict[str, Any]:
    return {"option": sent.get("option")}


def _several(sent: QueryDict) -> dict[str, Any]:
    return {"options": sent.getlist("options")}


def _order(sent: QueryDict) -> dict[str, Any]:
    return {"order": sent.getlist("order")}


def _best_and_worst(sent: QueryDict) -> dict[str, Any]:
    return {"best": sent.get("best"), "worst": sent.get("worst")}


def _pairs(sent: QueryDict) -> dict[str, Any]:
    return {"pairs": _by_option(sent, "pair-")}


def _gaps(sent: QueryDict) -> dict[str, Any]:
    return {"words": {key: tidy_words(word) for key, word in _by_option(sent, "gap-").items()}}


def _ratings(sent: QueryDict) -> dict[str, Any]:
    given = _by_option(sent, "rating-")
    return {"ratings": {key: int(value) for key, value in given.items() if value in _DIGITS}}


def _own_words(sent: QueryDict) -> dict[str, Any]:
    return {"text": tidy_words(sent.get("text", "")), "held": sent.getlist("held")}


def _by_option(sent: QueryDict, prefix: str) -> dict[str, str]:
    """Return the fields whose names are a prefix and the id of an option, by that id."""
    return {key.removeprefix(prefix): sent[key] for key in sent if key.startswith(prefix)}


_READERS: dict[ItemType, Callable[[QueryDict], dict[str, Any]]] = {
    ItemType.SINGLE_CHOICE: _one,
    ItemType.TRUE_FALSE: _one,
    ItemType.MARK_SENTENCE: _one,
    ItemType.MULTIPLE_CHOICE: _several,
    ItemType.ORDERING: _order,
    ItemType.MATCHING: _pairs,
    ItemType.FILL_GAP: _gaps,
    ItemType.BEST_WORST: _best_and_worst,
    ItemType.RANK_ALL: _order,
    ItemType.RATE_EACH: _ratings,
    ItemType.SHORT_TEXT: _own_words,
    ItemType.LONG_TEXT: _own_words,
}
