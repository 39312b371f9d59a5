"""From a gap to a programme: which steps help, in which order, within the time there is. Pure.

Training is proposed only for a likely gap: where the level expected is reached with a probability
of .20 or less (the evidence model of our learning notes, A6). Where nothing can be told yet, what
is proposed is evidence to gather, and no training.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from assessments.skill_estimate import Estimate, Word
from courses.content.programme import Programme, Step, StepKind
from courses.content.skills import BEHAVIOUR_PREFIXES, Skill

MODULES_PER_GAP, CALLS_TO_GATHER = 2, 2
MOST_WEEKS = 8
USUAL_MINUTES = 60
SESSION = "feedback-session"
_CALL_MINUTES, _CARDS_MINUTES, _SESSION_MINUTES = 10, 5, 30


@dataclass(frozen=True)
class Seen:
    """What evidence of one kind says of a skill of somebody, and what it saw least of."""

    skill: Skill
    estimate: Estimate
    level: float
    weak: tuple[str, ...] = ()

    @property
    def word(self) -> Word:
        """What may be said."""
        return self.estimate.word(self.level)

    @property
    def chance(self) -> float:
        """The probability that the level is reached."""
        return self.estimate.chance_of(self.level)


@dataclass(frozen=True)
class Call:
    """A practice call on offer: its patients, and those that everybody in question has met."""

    slug: str
    minutes: int
    cards: tuple[str, ...]
    met: frozenset[str] = frozenset()

    @property
    def fresh_card(self) -> str:
        """The first patient whom somebody has not met; the first of all once none is left."""
        return next((card for card in self.cards if card not in self.met), self.cards[0])


@dataclass(frozen=True)
class Tagged:
    """A module on offer with the skill of its course and the behaviors it is tagged with."""

    path: str
    skill: Skill
    behaviours: frozenset[str]
    minutes: int
    calls: tuple[Call, ...] = ()
    is_shown: bool = False  # everybody in question has finished it

    def worth(self, gap: Seen) -> tuple[bool, int, int]:
        """Return how much it has to do with a gap, for sorting."""
        of_skill = {one for one in self.behaviours if BEHAVIOUR_PREFIXES[one[:2]] is gap.skill}
        return self.skill is gap.skill, len(of_skill & set(gap.weak[:2])), len(of_skill)


@dataclass(frozen=True)
class Proposal:
    """What is proposed: open gaps, what cannot be told yet, and steps for both.

    `left_out` counts the steps for which there was no time.
    """

    gaps: tuple[Seen, ...]
    unknown: tuple[Seen, ...]
    steps: tuple[Step, ...]
    minutes_per_week: int
    left_out: int

    @property
    def days(self) -> int:
        """How long it takes."""
        return max((step.by_day for step in self.steps), default=7)

    def as_programme(self, title: str, summary: str, kept: Collection[str]) -> Programme:
        """Return the programme of the steps that a lead has kept."""
        steps = tuple(
            replace(step, needs=tuple(one for one in step.needs if one in kept))
            for step in self.steps
            if step.id in kept
        )
        return Programme(
            title=title,
            summary=summary,
            days=max(step.by_day for step in steps),
            minutes_per_week=self.minutes_per_week,
            steps=steps,
            skills=frozenset(one.skill for one in (*self.gaps, *self.unknown)),
        )


def propose(
    seen: Iterable[Seen], catalogue: Sequence[Tagged], *, minutes_per_week: int = USUAL_MINUTES
) -> Proposal:
    """Propose steps for what is seen of one or several people, the widest gap first."""
    by_skill: dict[Skill, list[Seen]] = {}
    for one in seen:
        by_skill.setdefault(one.skill, []).append(one)
    gaps = [
        min(found, key=lambda one: one.chance)
        for lines in by_skill.values()
        if (found := [one for one in lines if one.word is Word.GAP])
    ]
    gaps.sort(key=lambda one: one.chance)
    with_a_gap = {one.skill for one in gaps}
    unknown = [
        min(lines, key=lambda one: one.estimate.events)
        for skill, lines in by_skill.items()
        if skill not in with_a_gap
        and any(one.word in (Word.OPEN, Word.TOO_LITTLE) for one in lines)
        and not any(one.word is Word.STRENGTH for one in lines)
    ]
    steps: dict[str, Step] = {}
    for gap in gaps:
        for step in _training(gap, catalogue, taken=steps):
            steps.setdefault(step.id, step)
    for step in _gathering(unknown, catalogue, taken=steps):
        steps.setdefault(step.id, step)
    if gaps:
        about = Step(SESSION, StepKind.SESSION, 1, _SESSION_MINUTES, title=SESSION)
        steps[SESSION] = replace(about, milestone=SESSION)
    placed, left_out = _within(list(steps.values()), minutes_per_week)
    return Proposal(tuple(gaps), tuple(unknown), placed, minutes_per_week, left_out)


def _training(gap: Seen, catalogue: Sequence[Tagged], *, taken: Collection[str]) -> list[Step]:
    """Return modules for a gap, each with a patient not met yet and a refresher of a week later.

    What is shown already is skipped: of a finished module only another patient is proposed.
    """
    fitting = [one for one in catalogue if one.worth(gap)[2]]
    fitting.sort(key=lambda one: (one.worth(gap), not one.is_shown), reverse=True)
    steps: list[Step] = []
    fresh = [one for one in fitting if not one.is_shown][:MODULES_PER_GAP]
    for module in fresh or fitting[:1]:
        if not module.is_shown:
            steps.append(_module_step(module, gap.skill))
        needs = (_id(module),) if not module.is_shown else ()
        steps += [
            replace(_call_step(module, call, gap.skill), needs=needs) for call in module.calls[:1]
        ]
    for module in fresh[:1]:
        cards = Step(f"{_id(module)}--cards", StepKind.REFRESHER, 1, _CARDS_MINUTES)
        steps.append(replace(cards, module=module.path, why=gap.skill, needs=(_id(module),)))
    return [step for step in steps if step.id not in taken]


def _gathering(
    unknown: list[Seen], catalogue: Sequence[Tagged], *, taken: Collection[str]
) -> Iterable[Step]:
    """Give calls with fresh patients that would tell more about what cannot be told yet."""
    number = 0
    for one in unknown:
        fitting = sorted(catalogue, key=lambda module: module.worth(one), reverse=True)
        for module in fitting:
            call = next((call for call in module.calls if set(call.cards) - call.met), None)
            if call is None or not module.worth(one)[2]:
                continue
            step = _call_step(module, call, one.skill)
            if step.id not in taken and number < CALLS_TO_GATHER:
                number += 1
                yield step
            break


def _within(steps: list[Step], minutes_per_week: int) -> tuple[tuple[Step, ...], int]:
    """Give each step its day, week after week, and leave out what no week has room for."""
    placed: list[Step] = []
    spent = 0
    for step in steps:
        week = ceil((spent + step.minutes) / minutes_per_week)
        if week > MOST_WEEKS and step.kind is not StepKind.SESSION:
            continue
        spent += step.minutes
        placed.append(replace(step, by_day=7 * max(1, min(week, MOST_WEEKS))))
    ids = {step.id for step in placed}
    kept = [replace(step, needs=tuple(n for n in step.needs if n in ids)) for step in placed]
    return tuple(kept), len(steps) - len(placed)


def _module_step(module: Tagged, skill: Skill) -> Step:
    step = Step(_id(module), StepKind.MODULE, 1, module.minutes)
    return replace(step, module=module.path, why=skill)


def _call_step(module: Tagged, call: Call, skill: Skill) -> Step:
    step = Step(f"{_id(module)}--{call.slug}"[:80], StepKind.SCENARIO, 1)
    return replace(
        step,
        minutes=call.minutes or _CALL_MINUTES,
        module=module.path,
        activity=call.slug,
        card=call.fresh_card,
        why=skill,
    )


def _id(module: Tagged) -> str:
    return module.path.replace("/", "--")[:60]
