"""Checking that the names inside a scenario fit together."""

from collections.abc import Iterable

from courses.content.guards import ALWAYS, Guard, moments_named
from courses.content.parsing import Reader, note_repeats
from courses.content.scenario_shapes import AnswerKind, Moment, Route, Scenario
from courses.content.skills import skill_of

FEWEST_CHOICES, MOST_CHOICES = 2, 5


def check_references(scenario: Scenario, reader: Reader) -> None:
    """Note every repeated id, every name of something that is not there, and every open end."""
    moments = {moment.id for moment in scenario.moments}
    endings = {ending.id for ending in scenario.endings}
    note_repeats(reader, "moments", [m.id for m in scenario.moments])
    note_repeats(reader, "endings", [e.id for e in scenario.endings])
    note_repeats(reader, "cards", [card.id for card in scenario.cards])
    for shared in sorted(moments & endings):
        reader.note("endings", f"The id “{shared}” is a moment's already; ids must differ.")
    _check_behaviours(scenario, reader)
    _check_routes(scenario.exits, endings, reader)
    for moment in scenario.moments:
        _check_routes(moment.routes, moments | endings, reader)
        _check_last_route(moment, reader)
        _check_choices(moment, scenario, reader)
    _check_guards(scenario, moments, reader)


def _check_behaviours(scenario: Scenario, reader: Reader) -> None:
    for code in scenario.behaviours:
        try:
            skill_of(code)
        except ValueError:
            place = f"behaviours.{code}"
            reader.note(place, f"“{code}” is not a behavior; write a code such as AL1.")
    for shared in sorted(set(scenario.behaviours) & set(scenario.gates)):
        reader.note(f"gates.{shared}", "A safety gate needs a name of its own, such as G1.")
    for moment in scenario.moments:
        if moment.behaviour not in {*scenario.behaviours, *scenario.gates}:
            reader.note(
                f"{moment.path}.behaviour",
                f"Describe “{moment.behaviour}” among the behaviours or the gates above.",
            )


def _check_routes(routes: Iterable[Route], known: set[str], reader: Reader) -> None:
    for route in routes:
        if route.to not in known:
            reader.note(f"{route.path}.to", f"There is no “{route.to}” to go to.")


def _check_last_route(moment: Moment, reader: Reader) -> None:
    if moment.routes and moment.routes[-1].when != ALWAYS:
        sentence = "Take the condition off, so that there is always a way on."
        reader.note(f"{moment.routes[-1].path}.when", sentence)


def _check_choices(moment: Moment, scenario: Scenario, reader: Reader) -> None:
    place = f"{moment.path}.choices"
    note_repeats(reader, place, [choice.id for choice in moment.choices])
    if not FEWEST_CHOICES <= len(moment.choices) <= MOST_CHOICES:
        reader.note(place, f"Offer {FEWEST_CHOICES} to {MOST_CHOICES} choices.")
    for choice in moment.choices:
        named = [gate for gate, _met in choice.gates]
        for gate in named:
            if gate not in scenario.gates:
                reader.note(f"{choice.path}.gate.{gate}", f"There is no gate “{gate}”.")
        if moment.behaviour in scenario.gates and moment.behaviour not in named:
            sentence = f"Say whether this choice has {moment.behaviour} met or missed."
            reader.note(f"{choice.path}.gate", sentence)
        if moment.answer is AnswerKind.ACTION and choice.action is None:
            reader.note(f"{choice.path}.action", "Say what the agent does here.")


def _check_guards(scenario: Scenario, moments: set[str], reader: Reader) -> None:
    guards: dict[Guard, None] = {}
    for card in scenario.cards:
        guards |= dict.fromkeys(scenario.every_guard(card))
    for guard in guards:
        for unknown in sorted(moments_named(guard) - moments):
            reader.note("", f"A condition asks about “{unknown}”, which is no moment here.")
