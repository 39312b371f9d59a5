"""Checks of a scenario's scoring: choices differ, keys are sound, and skills are exercised."""

from collections.abc import Iterator, Sequence

from courses.content.bots import best, play, score_of_run, worst
from courses.content.findings import Finding, Severity
from courses.content.scenario_score import Score
from courses.content.scenario_shapes import Card, Choice, Moment, Scenario
from courses.content.scenario_walk import Walk
from courses.content.skills import Skill, skill_of

SMALLEST_GAP = 1.5
WIDEST_SPREAD = 1.0
FEWEST_RATERS = 10
FEWEST_MOMENTS_TO_JUDGE = 5
SMALLEST_SHARE_BETWEEN = 0.25


def scoring_findings(scenario: Scenario, walks: Sequence[Walk]) -> Iterator[Finding]:
    """Report keys that do not tell replies apart, and skills that nothing here shows."""
    yield from _alike_findings(scenario, scenario.cards[0])
    for moment in scenario.moments:
        yield from _moment_findings(moment)
        for choice in moment.choices:
            yield from _rating_findings(choice)
    yield from _place_findings(scenario)
    yield from _coverage_findings(scenario)
    if any(choice.effectiveness.is_provisional for m in scenario.moments for choice in m.choices):
        sentence = "Some keys are the author's own; learners read that people may differ."
        yield Finding("provisional-key", Severity.INFO, "moments", sentence)


def _alike_findings(scenario: Scenario, card: Card) -> Iterator[Finding]:
    high, low = (
        score_of_run(scenario, card, play(scenario, card, player)) for player in (best, worst)
    )
    if _tells_apart(high, low):
        return
    sentence = "The best run and the worst one score alike; let some choices be worth more."
    yield Finding("all-paths-alike", Severity.ERROR, "moments", sentence)


def _tells_apart(high: Score, low: Score) -> bool:
    if high.moments and low.moments:
        return _share(high) - _share(low) >= SMALLEST_SHARE_BETWEEN
    return high.gates != low.gates


def _share(score: Score) -> float:
    total = sum(points.possible for points in score.skills.values())
    return sum(points.earned for points in score.skills.values()) / total


def _moment_findings(moment: Moment) -> Iterator[Finding]:
    means = [choice.effectiveness.mean for choice in moment.choices]
    gap = max(means) - min(means)
    if moment.weight and gap < SMALLEST_GAP:
        sentence = (
            f"The best and the worst choice are only {gap:.1f} apart;"
            f" keep them {SMALLEST_GAP} apart, or give the moment weight 0."
        )
        yield Finding("flat-moment", Severity.WARNING, moment.path, sentence)


def _rating_findings(choice: Choice) -> Iterator[Finding]:
    rating = choice.effectiveness
    if rating.is_provisional:
        return
    place = f"{choice.path}.effectiveness"
    if rating.spread > WIDEST_SPREAD:
        sentence = f"Raters disagree (spread {rating.spread:.1f}); word this more clearly."
        yield Finding("raters-disagree", Severity.WARNING, place, sentence)
    if rating.raters < FEWEST_RATERS:
        sentence = f"Ask at least {FEWEST_RATERS} raters; so far {rating.raters} have answered."
        yield Finding("few-raters", Severity.WARNING, place, sentence)


def _place_findings(scenario: Scenario) -> Iterator[Finding]:
    places = [moment.choices.index(best(moment.choices)) for moment in scenario.moments]
    if len(places) < FEWEST_MOMENTS_TO_JUDGE:
        return
    for place in sorted(set(places)):
        if places.count(place) > len(places) / 2:
            sentence = (
                f"The best choice is number {place + 1} in {places.count(place)} of"
                f" {len(places)} moments; mix the order."
            )
            yield Finding("best-in-same-place", Severity.WARNING, "moments", sentence)


def _coverage_findings(scenario: Scenario) -> Iterator[Finding]:
    shown = {moment.behaviour for moment in scenario.moments}
    for code in scenario.behaviours:
        if code not in shown:
            sentence = f"No moment is evidence for {code}; use it, or take it out."
            yield Finding("behaviour-not-shown", Severity.WARNING, f"behaviours.{code}", sentence)
    weighed = {m.behaviour for m in scenario.moments if m.weight} - set(scenario.gates)
    skills = {skill_of(code) for code in weighed}
    for skill in Skill:
        if skill not in skills:
            sentence = (
                f"Nothing here is evidence for {skill}; one scenario need not feed every skill."
            )
            yield Finding("skill-not-shown", Severity.INFO, f"skills.{skill}", sentence)
