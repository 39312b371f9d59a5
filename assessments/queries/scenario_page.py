"""A run of a scenario as its player sees it."""

from dataclasses import dataclass

from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import answers_of, replies_in
from assessments.queries.channels import LOOKS, ChannelLook
from assessments.queries.coach import coach_in_use
from assessments.queries.moods import Mood, moods_of
from assessments.queries.own_words import (
    OwnWords,
    TypedReply,
    model_replies,
    own_words_of,
    said_in,
    typed_replies,
)
from assessments.queries.think_time import Wait, wait_at, waited_in
from courses.content.scenario_graph import (
    RunState,
    Step,
    open_choices,
    open_facts,
    replay,
    spoken,
    start,
)
from courses.content.scenario_shapes import AnswerKind, Card, Choice, Fact, Moment, Scenario
from courses.queries.content import scenario_of

THEM, YOU = "them", "you"


@dataclass(frozen=True)
class Turn:
    """One line of the transcript: who says it (`them`, `you`), and what one sees or hears."""

    who: str
    text: str
    cue: str = ""


@dataclass(frozen=True)
class GuidedFeedback:
    """What the last choice did, for guided runs."""

    felt: str
    why: str
    expert: str
    own: OwnWords | None = None


@dataclass(frozen=True)
class ScenarioPage:
    """Everything the player shows. Nothing here tells how good a choice is that can still come."""

    attempt: Attempt
    scenario: Scenario
    card: Card
    state: RunState
    before: RunState
    turns: tuple[Turn, ...]
    facts: tuple[Fact, ...]
    typed: str | None
    guidance: GuidedFeedback | None
    coached: OwnWords | None
    wait: Wait | None = None
    steps: tuple[Step, ...] = ()

    @property
    def look(self) -> ChannelLook:
        """How the channel is named and drawn."""
        return LOOKS[self.scenario.channel]

    @property
    def moment(self) -> Moment:
        """The moment that waits for an answer."""
        return self.card.moments[self.state.moment]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be answered now. Templates show `id` and `text` only."""
        return open_choices(self.card, self.state)

    @property
    def asks_for_words(self) -> bool:
        """Whether the agent types a reply of their own before choosing."""
        return self.moment.answer is AnswerKind.TYPED and self.typed is None

    @property
    def coach_stays_here(self) -> bool:
        """Whether nothing that is typed leaves this server."""
        return coach_in_use().stays_here

    @property
    def asks_for_action(self) -> bool:
        """Whether the agent does something here instead of saying something."""
        return self.moment.answer is AnswerKind.ACTION

    @property
    def shows_mood(self) -> bool:
        """Whether the patient's state is shown: once the author allows it, never while assessed."""
        return not self.is_assessed and self.scenario.shows_mood.holds(self.state)

    @property
    def is_assessed(self) -> bool:
        """Whether the run is for the lead to see."""
        return self.attempt.mode == AttemptMode.ASSESSED

    @property
    def moods(self) -> tuple[Mood, ...]:
        """How the patient is: trust and distress, as one could hear them on a call."""
        return moods_of(self.state, self.before)[:2]

    @property
    def has_hint(self) -> bool:
        """Whether there is a hint for this moment; assessed runs have none."""
        return not self.is_assessed and bool(self.moment.hint)

    @property
    def hint(self) -> str:
        """The hint of this moment, once it has been taken."""
        return (
            self.moment.hint if self.has_hint and self.reply_number in self.attempt.hinted else ""
        )

    @property
    def hint_points(self) -> int:
        """What the hints taken so far have cost."""
        return points_of_hints(self.card, self.steps, self.attempt, now=self.moment)

    @property
    def reply_number(self) -> int:
        """Which reply of the run this is, counted from 1."""
        return self.state.steps + 1


def scenario_page(attempt: Attempt) -> ScenarioPage:
    """Return an open run as its player sees it, in one query.

    Guided own words take another, and so does a patient who waits for an answer.
    """
    scenario = scenario_of(attempt.revision)
    card = scenario.card(attempt.card)
    answers = [(answer.seq, answer.payload) for answer in answers_of(attempt)]
    steps = replay(scenario, card, replies_in(payload for _seq, payload in answers))
    state = steps[-1].after if steps else start(scenario, card)
    typed = typed_replies(answers)
    now = typed.get(len(steps) + 1)
    return ScenarioPage(
        attempt=attempt,
        scenario=scenario,
        card=card,
        state=state,
        before=steps[-1].before if steps else state,
        turns=turns_of(card, steps, state),
        facts=open_facts(scenario, card, state),
        typed=now.text if now else None,
        guidance=_guidance(attempt, card, steps, typed.get(len(steps))),
        coached=_coached(attempt, now),
        wait=_wait(attempt, card, card.moments[state.moment]),
        steps=steps,
    )


def points_of_hints(
    card: Card, steps: tuple[Step, ...], attempt: Attempt, *, now: Moment | None = None
) -> int:
    """Return what the hints of a run cost together; `now` is the moment that waits."""
    met = [card.moments[step.before.moment] for step in steps] + ([now] if now else [])
    return sum(one.hint_cost for number, one in enumerate(met, 1) if number in attempt.hinted)


def turns_of(card: Card, steps: tuple[Step, ...], state: RunState) -> tuple[Turn, ...]:
    """Return the transcript up to and with what the patient says now."""
    turns: list[Turn] = []
    for step in steps:
        turns.append(Turn(THEM, step.spoken.words, step.spoken.stage))
        if (waited := waited_in(card, step)) and waited.then_says:
            turns.append(Turn(THEM, waited.then_says))
        turns.append(Turn(YOU, step.choice.text, step.choice.direction))
        if step.choice.then_says:
            turns.append(Turn(THEM, step.choice.then_says))
    now = spoken(card, state)
    return (*turns, Turn(THEM, now.words, now.stage))


def _wait(attempt: Attempt, card: Card, moment: Moment) -> Wait | None:
    return wait_at(moment, card, attempt.user) if moment.think_time else None


def _guidance(
    attempt: Attempt, card: Card, steps: tuple[Step, ...], typed: TypedReply | None
) -> GuidedFeedback | None:
    if attempt.mode != AttemptMode.GUIDED or not steps:
        return None
    last = steps[-1]
    expert = card.moments[last.before.moment].expert
    own = OwnWords(typed.seq, typed.text, models=model_replies(card, last)) if typed else None
    return GuidedFeedback(last.choice.felt, last.choice.why, expert, own)


def _coached(attempt: Attempt, typed: TypedReply | None) -> OwnWords | None:
    """Return what the coach says about words just typed: at once only in guided runs."""
    if attempt.mode != AttemptMode.GUIDED or typed is None:
        return None
    return own_words_of(typed, said_in(attempt).reports)
