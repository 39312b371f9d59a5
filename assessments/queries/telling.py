"""What each option of an answered question teaches, and in words what its taker made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from assessments.confidence import Confidence
from courses.content.answer_text import is_accepted
from courses.content.options import KeyedOption
from courses.content.quiz_items import PUT_IN_ORDER, Explanation, Question
from portal.kit.wording import once_a_language


@dataclass(frozen=True)
class Told:
    """What one option teaches.

    Where something belongs to it, `key` says what, and `fits` whether its taker gave that.
    """

    option: KeyedOption
    yours: str
    key: str = ""
    fits: bool = False


def told(
    question: Question, explanation: Explanation | None, response: Mapping[str, Any]
) -> tuple[Told, ...]:
    """Return what each option teaches, in the order in which they were met.

    What is put in order is told in the order that is right. Nothing is told before it is allowed.
    """
    if explanation is None:
        return ()
    keyed = {option.shown.id: option for option in explanation.options}
    met = [option.id for option in question.options]
    order = keyed if question.type in PUT_IN_ORDER else met
    answers = {answer.id: answer.text for answer in question.answers}
    return tuple(
        Told(
            option=keyed[one],
            yours=_yours(keyed[one], response, answers),
            key=answers.get(keyed[one].goes_with, " / ".join(keyed[one].accepted)),
            fits=_fits(keyed[one], response),
        )
        for one in order
    )


def answer_in_words(question: Question, response: Mapping[str, Any]) -> str:
    """Return what was answered, as one would say it; empty without an answer."""
    texts = {option.id: option.text for option in (*question.options, *question.answers)}
    if "best" in response:
        chosen = {one: texts[response[one]] for one in ("best", "worst")}
        return gettext("Best: %(best)s Worst: %(worst)s") % chosen
    if "ratings" in response:
        return " · ".join(f"{texts[one]} {rating}" for one, rating in response["ratings"].items())
    if "pairs" in response:
        return " · ".join(f"{texts[one]} → {texts[to]}" for one, to in response["pairs"].items())
    if "words" in response:
        words = response["words"]
        return "".join(
            f"[{words[piece.gap]}]" if piece.gap else piece.text for piece in question.pieces
        )
    chosen_ids = response.get("order") or response.get("options") or [response.get("option")]
    return response.get("text") or " · ".join(texts[one] for one in chosen_ids if one in texts)


@once_a_language
def sure_words() -> dict[int, str]:
    """Return the words for how sure one is, by level."""
    return {
        Confidence.NOT_VERY: gettext("Not very sure"),
        Confidence.FAIRLY: gettext("Fairly sure"),
        Confidence.VERY: gettext("Very sure"),
    }


def _fits(option: KeyedOption, response: Mapping[str, Any]) -> bool:
    own = option.shown.id
    if own in (words := response.get("words", {})):
        return is_accepted(words[own], option.accepted)
    return own in (pairs := response.get("pairs", {})) and pairs[own] == option.goes_with


def _yours(option: KeyedOption, response: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    own = option.shown.id
    pairs = {one: answers[to] for one, to in response.get("pairs", {}).items()}
    given = response.get("ratings") or response.get("words") or pairs
    if own in given:
        return gettext("You: %(answer)s") % {"answer": given[own]}
    if option.rating and own in response.get("order", ()):
        return gettext("You: place %(place)d") % {"place": response["order"].index(own) + 1}
    if own == response.get("worst"):
        return gettext("Your worst")
    if own == response.get("best"):
        return gettext("Your best")
    is_chosen = own == response.get("option") or own in response.get("options", ())
    return gettext("Your answer") if is_chosen else ""
