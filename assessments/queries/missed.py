"""What somebody missed in an attempt that ended: what refresher cards are made of."""

from dataclasses import dataclass

from assessments.models import Attempt
from assessments.queries.answers import replies_of
from assessments.queries.quiz_taken import quiz_taken
from assessments.queries.review import shown_after
from assessments.spacing import NEARLY_FROM, REMEMBERED_FROM
from courses.content.quiz_rules import Review
from courses.content.scenario_graph import replay
from courses.content.scenario_score import score_of_steps
from courses.content.scenario_shapes import Choice
from courses.models import ActivityKind
from courses.queries.content import scenario_of

MOST_MOMENTS = 3
"""So many moments of one run come back: the weakest."""


@dataclass(frozen=True)
class Missed:
    """A question or a moment by its id; of a moment also the number of the reply, from 1."""

    step_id: str
    reply_number: int | None = None


def missed_in(attempt: Attempt) -> tuple[Missed, ...]:
    """Return what was missed in an attempt that has ended and has its result."""
    if attempt.activity.kind == ActivityKind.SCENARIO:
        return _missed_moments(attempt)
    return _missed_items(attempt)


def _missed_items(attempt: Attempt) -> tuple[Missed, ...]:
    """Return the questions answered wrong that software scores.

    Where the quiz does not show its key yet, none: a card would.
    """
    quiz = quiz_taken(attempt)
    if shown_after(attempt, quiz.rules) is not Review.FULL:
        return ()
    scores = (attempt.result or {}).get("items", {})
    return tuple(
        Missed(item.id)
        for item in quiz.items
        if item.is_scored and not item.rubric
        for one in [scores.get(item.id)]
        if one and one["answered"] and one["points"] < REMEMBERED_FROM
    )


def _missed_moments(attempt: Attempt) -> tuple[Missed, ...]:
    """Return the moments of the weakest replies, safety steps that were left out first."""
    scenario = scenario_of(attempt.revision)
    card = scenario.card(attempt.card)
    steps = replay(scenario, card, replies_of(attempt))
    shares = {one.moment: one.share for one in score_of_steps(scenario, card, steps).moments}
    weak: dict[str, tuple[float, int]] = {}
    for number, step in enumerate(steps, start=1):
        moment = step.before.moment
        share = -1.0 if misses_gate(step.choice) else shares.get(moment, 1.0)
        if share < NEARLY_FROM and moment not in weak:
            weak[moment] = share, number
    weakest = sorted(weak.items(), key=lambda one: one[1])[:MOST_MOMENTS]
    return tuple(Missed(moment, number) for moment, (_share, number) in weakest)


def misses_gate(choice: Choice) -> bool:
    """Say whether a reply leaves out a safety step that it should take."""
    return any(not is_met for _gate, is_met in choice.gates)
