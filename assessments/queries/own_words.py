"""What an agent typed at a moment: the coach's observations, and the panel's replies beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.utils.functional import Promise

from assessments.models import Attempt, CoachReport, OwnMark
from assessments.queries.coach import CoachNote, Piece, coach_in_use, notes_on, pieces_of
from courses.content.reply_coach import Observation, Rule
from courses.content.scenario_graph import Step, open_choices
from courses.content.scenario_score import choice_share
from courses.content.scenario_shapes import Card
from portal.kit.stored_queries import StoredQuery

EXPERT = "expert"


@dataclass(frozen=True)
class TypedReply:
    """What was typed before a choice; `seq` is the number of the answer that it came as."""

    seq: int
    text: str


@dataclass(frozen=True)
class ModelReply:
    """A reply that the panel holds for good, and how near one's own came, by one's own mark."""

    key: str
    text: str
    mark: str = ""

    @property
    def mark_words(self) -> str | Promise:
        """How near the own reply came, in words; empty as long as it is not marked."""
        return OwnMark.Nearness(self.mark).label if self.mark else ""


@dataclass(frozen=True)
class OwnWords:
    """A typed reply with all that is said beside it.

    `models` is empty until the branch is chosen: whoever has read the panel's replies no longer
    says which of the choices is nearest to their own words.
    """

    seq: int
    text: str
    notes: tuple[CoachNote, ...] = ()
    models: tuple[ModelReply, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text, cut where notes begin and end."""
        return pieces_of(self.text, self.notes)

    @property
    def stays_here(self) -> bool:
        """Whether the coach reads the text on this server and nowhere else."""
        return coach_in_use().stays_here

    @property
    def nearness(self) -> list[tuple[str, str | Promise]]:
        """What one may say about one's own reply beside one of the panel's."""
        return list(OwnMark.Nearness.choices)


@dataclass(frozen=True)
class Said:
    """What an agent said in a run: which observations were wrong, and how near own replies came.

    Both by the number of the answer; marks also by the key of the model reply.
    """

    reports: Mapping[int, frozenset[Observation]]
    marks: Mapping[tuple[int, str], str]


def typed_replies(answers: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[int, TypedReply]:
    """Return what was typed, by the number of the choice that it came before.

    `answers` are the numbers and payloads of an attempt's answers, in order.
    """
    found: dict[int, TypedReply] = {}
    replies = 1
    for seq, payload in answers:
        if "text" in payload:
            found[replies] = TypedReply(seq, payload["text"])
        else:
            replies += 1
    return found


def model_replies(card: Card, step: Step) -> tuple[ModelReply, ...]:
    """Return the choices as good as the best where a step was made, and the expert's line."""
    offered = open_choices(card, step.before)
    good = [ModelReply(one.id, one.text) for one in offered if choice_share(one, offered) == 1]
    expert = card.moments[step.before.moment].expert
    return (*good, ModelReply(EXPERT, expert)) if expert else tuple(good)


def said_in(attempt: Attempt) -> Said:
    """Return what the agent said of a run's observations and model replies, in one query."""
    reports: dict[int, set[Observation]] = defaultdict(set)
    marks: dict[tuple[int, str], str] = {}
    for seq, name, start, end, nearness in _SAID.all(attempt=attempt.pk):
        if nearness:
            marks[seq, name] = nearness
        elif name in _RULES:
            reports[seq].add(Observation(start, end, Rule(name)))
    return Said({seq: frozenset(one) for seq, one in reports.items()}, marks)


_RULES = frozenset(rule.value for rule in Rule)
# The reports with nothing in their last column, and the marks with nothing in the two before it.
_SAID = StoredQuery(
    lambda attempt: (
        CoachReport.objects.filter(answer__attempt=attempt)
        .order_by()
        .values_list("answer__seq", "rule", "start", "end", Value(""))
        .union(
            OwnMark.objects.filter(answer__attempt=attempt)
            .order_by()
            .values_list("answer__seq", "reply", Value(0), Value(0), "nearness"),
            all=True,
        )
    )
)


def own_words_of(
    typed: TypedReply,
    reported: Mapping[int, frozenset[Observation]],
    models: tuple[ModelReply, ...] = (),
) -> OwnWords:
    """Return a typed reply with the coach's observations on it."""
    notes = notes_on(typed.text, reported.get(typed.seq, frozenset()))
    return OwnWords(typed.seq, typed.text, notes, models)
