"""What a browser may send as the answer to a quiz item, and what is wrong with anything else."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assessments.confidence import Confidence
from courses.content.quiz_items import Item, ItemType

LONGEST_TEXT = 2000
LONGEST_LONG_TEXT = 8000
LONGEST_GAP = 100
LOWEST_RATING, HIGHEST_RATING = 1, 5


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; whoever shows it translates it."""
    return sentence


class InvalidResponse(ValueError):
    """The answer cannot be used; the message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class OneOption:
    """One option was chosen."""

    option: str


@dataclass(frozen=True)
class SeveralOptions:
    """Some options were chosen, in the order of the file."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class InOrder:
    """All steps or replies, as ordered."""

    order: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """The answer chosen for each option."""

    pairs: Mapping[str, str]


@dataclass(frozen=True)
class Gaps:
    """What was written into each gap."""

    words: Mapping[str, str]


@dataclass(frozen=True)
class BestAndWorst:
    """The reply chosen as best and the one chosen as worst."""

    best: str
    worst: str


@dataclass(frozen=True)
class Ratings:
    """A rating from 1 to 5 for each option."""

    ratings: Mapping[str, int]


@dataclass(frozen=True)
class OwnWords:
    """A reply in one's own words, and the points that its writer found in it."""

    text: str
    held: tuple[str, ...]


Response = OneOption | SeveralOptions | InOrder | Pairs | Gaps | BestAndWorst | Ratings | OwnWords


def read_response(item: Item, payload: Any) -> Response:
    """Return the answer in `payload`; `dataclasses.asdict` turns it back into plain values.

    Raises:
        InvalidResponse: it is incomplete, or names what the item does not have.
    """
    if not isinstance(payload, Mapping):
        raise InvalidResponse(gettext_noop("This answer could not be read. Please send it again."))
    return _READERS[item.type](item, payload)


def read_kept(item: Item, payload: Any) -> dict[str, Any]:
    """Return what is kept of an answer: itself in plain values and, if asked for, how sure one is.

    Raises:
        InvalidResponse: it is incomplete, or names what the item does not have.
    """
    kept = asdict(read_response(item, payload))
    if item.asks_confidence:
        confidence = payload.get("confidence")
        if isinstance(confidence, bool) or confidence not in list(Confidence):
            raise InvalidResponse(gettext_noop("Say how sure you are, too."))
        kept["confidence"] = int(confidence)
    return kept


def _read_one(item: Item, payload: Mapping[str, Any]) -> OneOption:
    sentence = gettext_noop("Choose one answer.")
    return OneOption(_known(item.option_ids(), payload.get("option"), sentence))


def _read_several(item: Item, payload: Mapping[str, Any]) -> SeveralOptions:
    sentence = gettext_noop("Choose at least one answer.")
    chosen = {_known(item.option_ids(), one, sentence) for one in _list(payload.get("options"))}
    if not chosen:
        raise InvalidResponse(sentence)
    return SeveralOptions(tuple(one for one in item.option_ids() if one in chosen))


def _read_order(item: Item, payload: Mapping[str, Any]) -> InOrder:
    sentence = gettext_noop("Put every step in its place, each one once.")
    order = tuple(_known(item.option_ids(), one, sentence) for one in _list(payload.get("order")))
    if sorted(order) != sorted(item.option_ids()):
        raise InvalidResponse(sentence)
    return InOrder(order)


def _read_pairs(item: Item, payload: Mapping[str, Any]) -> Pairs:
    sentence = gettext_noop("Choose an answer for each one.")
    answers = tuple(answer.id for answer in item.answers)
    given = _one_for_each_option(item, payload.get("pairs"), sentence)
    return Pairs({one: _known(answers, answer, sentence) for one, answer in given.items()})


def _read_gaps(item: Item, payload: Mapping[str, Any]) -> Gaps:
    sentence = gettext_noop("Fill every gap; a guess is fine.")
    given = _one_for_each_option(item, payload.get("words"), sentence)
    words = {one: _tidy(word) for one, word in given.items()}
    if not all(words.values()):
        raise InvalidResponse(sentence)
    if max(map(len, words.values())) > LONGEST_GAP:
        raise InvalidResponse(gettext_noop("This is very long for a gap; a few words are enough."))
    return Gaps(words)


def _read_best_and_worst(item: Item, payload: Mapping[str, Any]) -> BestAndWorst:
    ids = item.option_ids()
    best = _known(ids, payload.get("best"), gettext_noop("Choose the best reply too."))
    worst = _known(ids, payload.get("worst"), gettext_noop("Choose the worst reply too."))
    if best == worst:
        raise InvalidResponse(
            gettext_noop("Choose two different replies: one as best, one as worst.")
        )
    return BestAndWorst(best, worst)


def _read_ratings(item: Item, payload: Mapping[str, Any]) -> Ratings:
    given = _one_for_each_option(item, payload.get("ratings"), gettext_noop("Rate every reply."))
    if not all(_is_rating(value) for value in given.values()):
        raise InvalidResponse(gettext_noop("Rate each reply from 1 to 5."))
    return Ratings(given)


def _read_own_words(item: Item, payload: Mapping[str, Any]) -> OwnWords:
    text = _tidy(payload.get("text"))
    if not text:
        raise InvalidResponse(gettext_noop("Write your reply first."))
    if item.type is ItemType.LONG_TEXT and len(text) > LONGEST_LONG_TEXT:
        raise InvalidResponse(
            gettext_noop("This is longer than 8,000 characters. It is still here; shorten it.")
        )
    if item.type is ItemType.SHORT_TEXT and len(text) > LONGEST_TEXT:
        raise InvalidResponse(
            gettext_noop("This reply is very long. Shorten it to what you would say out loud.")
        )
    points = tuple(point.id for point in item.checklist)
    sentence = gettext_noop("Mark only what is on the list.")
    held = {_known(points, one, sentence) for one in _list(payload.get("held"))}
    return OwnWords(text, tuple(point for point in points if point in held))


def _one_for_each_option(item: Item, given: Any, sentence: str) -> dict[str, Any]:
    """Return what was given for each option, in the order of the file; refuse anything else."""
    if not isinstance(given, Mapping) or set(given) != set(item.option_ids()):
        raise InvalidResponse(sentence)
    return {option_id: given[option_id] for option_id in item.option_ids()}


def _tidy(sent: Any) -> str:
    """Return a text without the space around it; empty if it is none.

    Null characters come with text pasted from other programs, and no database takes them.
    """
    return sent.replace("\x00", "").strip() if isinstance(sent, str) else ""


def _known(ids: tuple[str, ...], value: Any, sentence: str) -> str:
    if isinstance(value, str) and value in ids:
        return value
    raise InvalidResponse(sentence)


def _list(value: Any) -> list[Any] | tuple[Any, ...]:
    return value if isinstance(value, list | tuple) else []


def _is_rating(value: Any) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and LOWEST_RATING <= value <= HIGHEST_RATING


_READERS: dict[ItemType, Callable[[Item, Mapping[str, Any]], Response]] = {
    ItemType.SINGLE_CHOICE: _read_one,
    ItemType.MULTIPLE_CHOICE: _read_several,
    ItemType.TRUE_FALSE: _read_one,
    ItemType.ORDERING: _read_order,
    ItemType.MATCHING: _read_pairs,
    ItemType.FILL_GAP: _read_gaps,
    ItemType.MARK_SENTENCE: _read_one,
    ItemType.BEST_WORST: _read_best_and_worst,
    ItemType.RANK_ALL: _read_order,
    ItemType.RATE_EACH: _read_ratings,
    ItemType.SHORT_TEXT: _read_own_words,
    ItemType.LONG_TEXT: _read_own_words,
}
