"""Checks of a scenario's graph: everything is reached, every way ends, and safety holds."""

from collections.abc import Iterator, Sequence

from courses.content.findings import Finding, Severity
from courses.content.guards import flags_named
from courses.content.scenario_shapes import (
    Card,
    Choice,
    EndingKind,
    Moment,
    Scenario,
    Speech,
)
from courses.content.scenario_walk import Walk


def graph_findings(scenario: Scenario, walks: Sequence[Walk]) -> Iterator[Finding]:
    """Report what can never happen, where a run gets stuck, and gates that do not guard."""
    if all(walk.is_complete for walk in walks):
        yield from _never_findings(scenario, frozenset().union(*(walk.used for walk in walks)))
    else:
        sentence = "There are too many states to check them all; clear flags that are done with."
        yield Finding("too-many-states", Severity.ERROR, "", sentence)
    for card, walk in zip(scenario.cards, walks, strict=True):
        yield from _stuck_findings(card, walk)
        yield from _ending_findings(card, walk)
        yield from _gate_findings(scenario, card, walk)
    yield from _unused_gate_findings(scenario)
    yield from _flag_findings(scenario)


def _never_findings(scenario: Scenario, used: frozenset[str]) -> Iterator[Finding]:
    for route in scenario.exits:
        if route.path not in used:
            sentence = "No run ever leaves this way; loosen its condition or take it out."
            yield _error("exit-never-taken", route.path, sentence)
    for card in scenario.cards:
        for moment in card.moments.values():
            if moment.path in used:
                yield from _unused_in_moment(moment, used)
            else:
                sentence = f"No run ever comes to “{moment.id}”; let a route lead here."
                yield _error("moment-never-reached", moment.path, sentence)
        for ending in card.endings.values():
            if ending.path in used:
                yield from _unspoken(ending.says, used)
                yield from _unspoken(ending.direction, used)
            else:
                sentence = f"No run ever ends at “{ending.id}”; let a route lead here."
                yield _error("ending-never-reached", ending.path, sentence)


def _unused_in_moment(moment: Moment, used: frozenset[str]) -> Iterator[Finding]:
    yield from _unspoken(moment.says, used)
    yield from _unspoken(moment.direction, used)
    for route in moment.routes:
        if route.path not in used:
            sentence = f"No run ever goes from here to “{route.to}”; change or drop its condition."
            yield _error("route-never-taken", route.path, sentence)
    for choice in moment.choices:
        if choice.path not in used:
            sentence = "This choice is never open; change or drop its condition."
            yield _error("choice-never-open", choice.path, sentence)
        for change in choice.changes:
            if change.path not in used:
                sentence = "This change never comes up; change or drop its condition."
                yield _error("change-never-used", change.path, sentence)


def _unspoken(speech: Speech, used: frozenset[str]) -> Iterator[Finding]:
    for part in speech.every_part():
        if part.path not in used:
            sentence = "This is never heard; change its condition or take it out."
            yield _error("line-never-spoken", part.path, sentence)


def _stuck_findings(card: Card, walk: Walk) -> Iterator[Finding]:
    for loop in sorted(walk.loops):
        sentence = (
            f"A run can go round {' → '.join((*loop, loop[0]))} for ever;"
            " let a flag or a variable lead out."
        )
        yield _error("endless-loop", card.moments[loop[0]].path, sentence)
    for moment in sorted(walk.dead_ends):
        sentence = "A run can come here and find no choice open; leave one without a condition."
        yield _error("dead-end", card.moments[moment].path, sentence)
    for place in sorted(walk.silent):
        sentence = "In some moods the patient says nothing here; let one line always be said."
        path = (card.moments.get(place) or card.endings[place]).path
        yield _error("silent-moment", path, sentence)


def _ending_findings(card: Card, walk: Walk) -> Iterator[Finding]:
    for ending in card.endings.values():
        gates = sorted(walk.endings[ending.id].gates_left_missed)
        if ending.kind is EndingKind.GOOD and gates:
            sentence = (
                f"A run can end well here with {', '.join(gates)} missed and never put right;"
                " guard the way to this ending."
            )
            yield _error("unsafe-good-ending", ending.path, sentence)


def _gate_findings(scenario: Scenario, card: Card, walk: Walk) -> Iterator[Finding]:
    for offer in walk.offers:
        moment = card.moments[offer.moment]
        if moment.behaviour not in scenario.gates:
            continue
        calls = _gate_calls(offer.choices, moment.behaviour)
        if True not in calls:
            sentence = (
                f"{moment.behaviour} cannot be met here;"
                " offer a choice that takes it to the right person."
            )
            yield _error("gate-without-way-through", moment.path, sentence)
        elif False not in calls:
            sentence = f"{moment.behaviour} cannot be missed here, so this moment tests nothing."
            yield Finding("gate-without-risk", Severity.WARNING, moment.path, sentence)


def _gate_calls(choices: Sequence[Choice], gate: str) -> set[bool]:
    return {is_met for choice in choices for name, is_met in choice.gates if name == gate}


def _unused_gate_findings(scenario: Scenario) -> Iterator[Finding]:
    tested = {moment.behaviour for moment in scenario.moments}
    for gate in scenario.gates:
        if gate not in tested:
            sentence = f"No moment tests {gate}; add one, or take the gate out."
            yield Finding("gate-never-tested", Severity.WARNING, f"gates.{gate}", sentence)


def _flag_findings(scenario: Scenario) -> Iterator[Finding]:
    known = {flag for card in scenario.cards for flag in _flags_set(card)}
    asked = {
        flag
        for card in scenario.cards
        for guard in scenario.every_guard(card)
        for flag in flags_named(guard)
    }
    for flag in sorted(asked - known):
        sentence = (
            f"A condition asks for the flag “{flag}”, which nothing sets; check its spelling."
        )
        yield _error("flag-never-set", f"flags.{flag}", sentence)
    for flag in sorted(known - asked):
        sentence = f"No condition asks for the flag “{flag}”; that is fine for a fact worth noting."
        yield Finding("flag-never-asked", Severity.INFO, f"flags.{flag}", sentence)


def _flags_set(card: Card) -> Iterator[str]:
    yield from card.opening.flags
    for moment in card.moments.values():
        for choice in moment.choices:
            yield from choice.sets
            for change in choice.changes:
                yield from change.sets or ()


def _error(code: str, path: str, sentence: str) -> Finding:
    return Finding(code, Severity.ERROR, path, sentence)
