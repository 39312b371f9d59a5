"""Drafts of quizzes and scenarios, tried out without keeping anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments.models import Attempt
from assessments.queries.channels import LOOKS, ChannelLook
from assessments.queries.moods import Mood, moods_of
from assessments.queries.quiz_page import QuestionPage
from assessments.queries.scenario_page import GuidedFeedback, Turn, turns_of
from assessments.scoring import score_item
from courses.content.guards import HIGHEST, LOWEST
from courses.content.quiz import Quiz
from courses.content.scenario_graph import (
    ChoiceNotOpen,
    RunState,
    Step,
    follow,
    open_choices,
    open_facts,
    spoken,
    start,
)
from courses.content.scenario_score import Score, score_of_steps
from courses.content.scenario_shapes import AnswerKind, Card, Choice, Ending, Fact, Moment, Scenario
from courses.models import Activity
from courses.queries.content import quiz_of, scenario_of
from courses.queries.preview import preview_revision
from portal.people.models import User


def preview_question(
    activity: Activity, number: int, viewer: User, answer: dict[str, Any] | None = None
) -> QuestionPage | None:
    """Return a question of the whole bank as its taker sees it, with what an answer teaches.

    Numbers count the bank from 1; None where there is no such question.

    Raises:
        NothingToPreview: there is no draft that can be read.
        InvalidResponse: the answer cannot be scored.
    """
    revision = preview_revision(activity)
    quiz: Quiz = quiz_of(revision)
    if not 1 <= number <= len(quiz.items):
        return None
    item = quiz.items[number - 1]
    question = next(one for one in quiz.only([item.id]).asked(0) if one.id == item.id)
    return QuestionPage(
        attempt=Attempt(activity=activity, revision=revision, user=viewer),
        quiz=quiz,
        question=question,
        number=number,
        total=len(quiz.items),
        answered=frozenset(),
        response=answer or {},
        explanation=item.explained() if answer else None,
        score=score_item(item, answer) if answer else None,
        order=tuple((answer or {}).get("order", [option.id for option in question.options])),
        seconds_left=None,
    )


@dataclass(frozen=True)
class Start:
    """From where a draft is played: a card, and perhaps a moment with the patient as they are."""

    card: str = ""
    moment: str = ""
    trust: int | None = None
    distress: int | None = None
    understanding: int | None = None


@dataclass(frozen=True)
class PreviewRun:
    """A draft scenario, played so far; every choice that led here is in `made`."""

    activity: Activity
    scenario: Scenario
    card: Card
    begun: Start
    made: tuple[str, ...]
    steps: tuple[Step, ...]
    state: RunState
    turns: tuple[Turn, ...]
    facts: tuple[Fact, ...]

    @property
    def look(self) -> ChannelLook:
        """How the channel is named and drawn."""
        return LOOKS[self.scenario.channel]

    @property
    def moment(self) -> Moment | None:
        """The moment that waits for an answer; None once the run has ended."""
        return None if self.state.ended else self.card.moments[self.state.moment]

    @property
    def ending(self) -> Ending | None:
        """How it ended."""
        return self.card.endings[self.state.moment] if self.state.ended else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be answered now."""
        return open_choices(self.card, self.state)

    @property
    def wants_words(self) -> bool:
        """Whether a learner types words of their own here, before they choose."""
        return self.moment is not None and self.moment.answer is AnswerKind.TYPED

    @property
    def moods(self) -> tuple[Mood, ...]:
        """How the patient is: an author sees all three."""
        return moods_of(self.state, self.steps[-1].before if self.steps else self.state)

    @property
    def guidance(self) -> GuidedFeedback | None:
        """What the last choice did."""
        if not self.steps:
            return None
        last = self.steps[-1]
        return GuidedFeedback(
            last.choice.felt, last.choice.why, self.card.moments[last.before.moment].expert
        )

    @property
    def score(self) -> Score:
        """What the run shows so far."""
        return score_of_steps(self.scenario, self.card, self.steps)


def preview_run(activity: Activity, begun: Start, made: Sequence[str]) -> PreviewRun:
    """Play the draft of a scenario as far as `made` goes; what does not fit any more is left out.

    Raises:
        NothingToPreview: there is no draft that can be read.
    """
    scenario: Scenario = scenario_of(preview_revision(activity))
    cards = {one.id: one for one in scenario.cards}
    card = scenario.card(begun.card if begun.card in cards else scenario.cards[0].id)
    state, steps = _begin(scenario, card, begun), []
    for choice_id in made:
        try:
            choice = next(one for one in open_choices(card, state) if one.id == choice_id)
            after, _route = follow(scenario, card, state, choice)
        except (StopIteration, ChoiceNotOpen):
            break
        steps.append(Step(state, spoken(card, state), choice, after))
        state = after
    played = tuple(steps)
    return PreviewRun(
        activity=activity,
        scenario=scenario,
        card=card,
        begun=begun,
        made=tuple(step.choice.id for step in played),
        steps=played,
        state=state,
        turns=turns_of(card, played, state),
        facts=open_facts(scenario, card, state),
    )


def _begin(scenario: Scenario, card: Card, begun: Start) -> RunState:
    state = start(scenario, card)
    if begun.moment in card.moments:
        state = state._replace(moment=begun.moment)
    levels = {
        name: min(max(level, LOWEST), HIGHEST)
        for name in ("trust", "distress", "understanding")
        if (level := getattr(begun, name)) is not None
    }
    return state._replace(**levels)
