"""How far a reader comes who sees only the replies, never the patient, and picks by their form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from courses.content.readability import sentence_count
from courses.content.scenario_shapes import AnswerKind, Moment, Scenario


def _count_of(*words: str) -> Callable[[str], float]:
    """Return how often one of these words stands in a text, whole and in any case."""

    def count(text: str) -> float:
        said = text.lower().replace("’", " ").replace("—", " ").split()
        return sum(word.strip(".,;:!?()“”…") in words for word in said)

    return count


def _least(measure: Callable[[str], float]) -> Callable[[str], float]:
    return lambda text: -measure(text)


def _commas(text: str) -> float:
    return text.count(",")


def _digits(text: str) -> float:
    return sum(letter.isdigit() for letter in text)


def _words_in_a_sentence(text: str) -> float:
    return len(text.split()) / max(1, sentence_count(text))


# Each rule picks the reply with the highest figure.
RULES: Mapping[str, Callable[[str], float]] = {
    "the longest": len,
    "the shortest": _least(len),
    "most sentences": sentence_count,
    "fewest sentences": _least(sentence_count),
    "longest sentences": _words_in_a_sentence,
    "shortest sentences": _least(_words_in_a_sentence),
    "most commas": _commas,
    "fewest commas": _least(_commas),
    "most digits": _digits,
    "ends with a question": lambda text: text.endswith("?"),
    "asks nothing": lambda text: "?" not in text,
    "most “I”": _count_of("i", "i'm", "my", "me"),
    "most “you”": _count_of("you", "your", "yours"),
    "most “we”": _count_of("we", "us", "our"),
    "says sorry": _count_of("sorry", "apologize", "apology"),
    "most “not”": _count_of("not", "no", "t", "never", "nothing"),
}


@dataclass(frozen=True)
class FormCheck:
    """How often each rule picks the best reply, from 0 to 1, the most telling first.

    `chance` is how often somebody would who picks blindly. Where a rule cannot decide between
    replies, it picks each of them equally often.
    """

    moments: int
    chance: float
    shares: tuple[tuple[str, float], ...]


def picked_by_form(scenarios: Iterable[Scenario]) -> FormCheck | None:
    """Let each rule pick in every moment with words to choose from; None if there is none."""
    moments = [moment for scenario in scenarios for moment in scenario.moments]
    asked = [_Asked.of(moment) for moment in moments if moment.answer is AnswerKind.REPLY]
    asked = [one for one in asked if len(one.texts) > len(one.best)]
    if not asked:
        return None
    shares = [(name, fmean(one.picked(rule) for one in asked)) for name, rule in RULES.items()]
    return FormCheck(
        len(asked),
        fmean(len(one.best) / len(one.texts) for one in asked),
        tuple(sorted(shares, key=lambda share: -share[1])),
    )


@dataclass(frozen=True)
class _Asked:
    """The replies of a moment, and which of them are the best."""

    texts: tuple[str, ...]
    best: frozenset[int]

    @classmethod
    def of(cls, moment: Moment) -> "_Asked":
        means = [choice.effectiveness.mean for choice in moment.choices]
        best = frozenset(n for n, mean in enumerate(means) if mean == max(means))
        return cls(tuple(choice.text for choice in moment.choices), best)

    def picked(self, rule: Callable[[str], float]) -> float:
        """Return how often the rule picks a best reply here, from 0 to 1."""
        figures = [rule(text) for text in self.texts]
        picked = {n for n, figure in enumerate(figures) if figure == max(figures)}
        return len(picked & self.best) / len(picked)
