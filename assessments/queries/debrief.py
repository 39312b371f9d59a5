"""The debrief of a run: each decision, what the patient felt, and what it is evidence for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt, MomentComment
from assessments.queries.answers import answers_of, replies_in
from assessments.queries.comments import comments_on
from assessments.queries.curve import Curve
from assessments.queries.moods import Mood, moods_of
from assessments.queries.own_words import (
    ModelReply,
    OwnWords,
    TypedReply,
    model_replies,
    own_words_of,
    said_in,
    typed_replies,
)
from assessments.queries.scenario_page import Turn, points_of_hints, turns_of
from assessments.queries.think_time import Waited, waited_in
from courses.content.scenario_graph import Reply, RunState, Step, replay
from courses.content.scenario_score import Outcome, Score, score_of_steps
from courses.content.scenario_shapes import Card, EndingKind, GateResult, Scenario
from courses.content.skills import Skill, skill_of
from courses.queries.content import scenario_of

STRONG_FROM = 0.75
_CODE = re.compile(r"\b[A-Z]{1,3}[1-9]\b")
_GATE_WORDS = {
    GateResult.MET: _("Met"),
    GateResult.MISSED: _("Missed"),
    GateResult.MENDED: _("Missed at first, then mended"),
}


@dataclass(frozen=True)
class Decision:
    """One answer of the run, looked back on. `is_strong` is None where nothing is measured."""

    number: int
    moment: str
    choice: str
    title: str
    said: str
    heard: str
    felt: str
    why: str
    expert: str
    skill: Skill | None
    behaviour: str
    gate: str
    gate_result: GateResult | None
    is_strong: bool | None
    is_turning_point: bool
    before: RunState
    after: RunState
    is_hinted: bool = False
    waited: Waited | None = None
    own: OwnWords | None = None
    comments: tuple[MomentComment, ...] = ()

    @property
    def moods(self) -> tuple[Mood, ...]:
        """How the patient was after it."""
        return moods_of(self.after, self.before)

    @property
    def kept(self) -> int:
        """How many choices stand when one rewinds to this one."""
        return self.number - 1


@dataclass(frozen=True)
class SkillSummary:
    """How many decisions of a run were strong for one skill, and how many are worth a look."""

    skill: Skill
    strong: int
    to_build_on: int


@dataclass(frozen=True)
class GateSummary:
    """A safety step and how it went; `result` is None where the run did not come to it."""

    name: str
    result: GateResult | None

    @property
    def words(self) -> str | Promise:
        """How it went, in words."""
        return _GATE_WORDS[self.result] if self.result else _("Not reached")


@dataclass(frozen=True)
class Debrief:
    """Everything the debrief shows."""

    attempt: Attempt
    scenario: Scenario
    card: Card
    outcome: Outcome
    closing: Turn
    decisions: tuple[Decision, ...]
    skills: tuple[SkillSummary, ...]
    gates: tuple[GateSummary, ...]
    is_provisional: bool
    hint_points: int

    @property
    def hints(self) -> int:
        """How many hints were taken."""
        return sum(one.is_hinted for one in self.decisions)

    @property
    def about_safety(self) -> str:
        """What the author says of the ending's safety, with each gate by its name."""
        return self._with_names(self.outcome.ending.about_safety)

    @property
    def about_skill(self) -> str:
        """What the author says of the words that led to the ending, with each gate by its name."""
        return self._with_names(self.outcome.ending.about_skill)

    def _with_names(self, text: str) -> str:
        return _CODE.sub(lambda code: self.scenario.gates.get(code[0], code[0]), text)

    @property
    def missed(self) -> Decision | None:
        """The first reply that missed a safety step, where the run ended badly for the patient."""
        if self.outcome.ending.kind is not EndingKind.BAD:
            return None
        missed = (one for one in self.decisions if one.gate_result is GateResult.MISSED)
        return next(missed, None)

    @property
    def curve(self) -> Curve:
        """The patient's state at the start and after each decision."""
        turning = (one.number for one in self.decisions if one.is_turning_point)
        return Curve(
            (self.decisions[0].before, *(one.after for one in self.decisions)),
            turning_reply=next(turning, None),
        )

    def own_words(self, seq: int) -> OwnWords | None:
        """Return what was typed as the answer with this number."""
        typed = (one.own for one in self.decisions if one.own)
        return next((own for own in typed if own.seq == seq), None)


def debrief_of(attempt: Attempt) -> Debrief:
    """Return the debrief of a finished run, in two queries; three if something was typed."""
    scenario = scenario_of(attempt.revision)
    card = scenario.card(attempt.card)
    answers = [(answer.seq, answer.payload) for answer in answers_of(attempt)]
    replies = tuple(replies_in(payload for _seq, payload in answers))
    steps, found, looked_back = _looked_back(_Run(scenario, attempt.revision_id, card.id, replies))
    assert found.outcome is not None
    said, own = comments_on(attempt), _own_words(attempt, card, steps, typed_replies(answers))
    decisions = tuple(
        replace(
            one,
            is_hinted=one.number in attempt.hinted,
            own=own.get(one.number),
            comments=tuple(said.get(one.number, ())),
        )
        if one.number in attempt.hinted or one.number in own or one.number in said
        else one
        for one in looked_back
    )
    return Debrief(
        attempt=attempt,
        scenario=scenario,
        card=card,
        outcome=found.outcome,
        closing=turns_of(card, steps, steps[-1].after)[-1],
        decisions=decisions,
        skills=_skills(decisions),
        gates=tuple(GateSummary(scenario.gates[gate], one) for gate, one in found.gates.items()),
        is_provisional=found.is_provisional,
        hint_points=points_of_hints(card, steps, attempt),
    )


class _Run(NamedTuple):
    """The replies of a run to one revision of a call; `scenario` itself is not compared."""

    scenario: Scenario
    revision_id: int
    card: str
    replies: tuple[Reply, ...]

    def __hash__(self) -> int:
        return hash(self[1:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Run) and self[1:] == other[1:]


@lru_cache(maxsize=256)
def _looked_back(run: _Run) -> tuple[tuple[Step, ...], Score, tuple[Decision, ...]]:
    """Return the steps of a run, its score and its decisions.

    The same replies to the same revision always lead to the same, so it is remembered.
    """
    card = run.scenario.card(run.card)
    steps = replay(run.scenario, card, run.replies)
    found = score_of_steps(run.scenario, card, steps)
    return steps, found, _decisions(run.scenario, card, steps, found)


def _own_words(
    attempt: Attempt, card: Card, steps: tuple[Step, ...], typed: Mapping[int, TypedReply]
) -> dict[int, OwnWords]:
    """Return what was typed before each choice, with the panel's replies and own marks."""
    if not typed:
        return {}
    said = said_in(attempt)

    def marked(one: ModelReply, seq: int) -> ModelReply:
        return replace(one, mark=said.marks.get((seq, one.key), ""))

    return {
        number: own_words_of(
            one,
            said.reports,
            tuple(marked(model, one.seq) for model in model_replies(card, steps[number - 1])),
        )
        for number, one in typed.items()
        if number <= len(steps)
    }


def _decisions(
    scenario: Scenario,
    card: Card,
    steps: tuple[Step, ...],
    found: Score,
) -> tuple[Decision, ...]:
    shares = {one.moment: one.share for one in found.moments}
    return tuple(
        _decision(number, step, scenario, card, shares, found)
        for number, step in enumerate(steps, start=1)
    )


def _decision(
    number: int,
    step: Step,
    scenario: Scenario,
    card: Card,
    shares: Mapping[str, float],
    found: Score,
) -> Decision:
    moment = card.moments[step.before.moment]
    gate = moment.behaviour if moment.behaviour in scenario.gates else ""
    share = shares.get(moment.id)
    return Decision(
        number=number,
        moment=moment.id,
        choice=step.choice.id,
        title=moment.title,
        said=step.choice.text,
        heard=step.spoken.words,
        felt=step.choice.felt,
        why=step.choice.why,
        expert=moment.expert,
        skill=None if gate else skill_of(moment.behaviour),
        behaviour=scenario.behaviours.get(moment.behaviour, ""),
        gate=scenario.gates.get(gate, ""),
        gate_result=_first_result(step, gate) if gate else None,
        is_strong=None if share is None else share >= STRONG_FROM,
        is_turning_point=found.turning_point == number - 1,
        before=step.before,
        after=step.after,
        waited=waited_in(card, step),
    )


def _first_result(step: Step, gate: str) -> GateResult | None:
    return dict(step.after.gates).get(gate)


def _skills(decisions: tuple[Decision, ...]) -> tuple[SkillSummary, ...]:
    measured = [one for one in decisions if one.skill and one.is_strong is not None]
    return tuple(
        SkillSummary(skill, strong, len(own) - strong)
        for skill in Skill
        if (own := [one for one in measured if one.skill is skill])
        for strong in [sum(bool(one.is_strong) for one in own)]
    )
