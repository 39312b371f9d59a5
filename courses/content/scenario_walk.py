"""Walking every state that a scenario can come to, and counting the ways there.

Ways are counted over distinct states, so hundreds of thousands of them take a moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from courses.content.guards import flags_named
from courses.content.scenario_graph import (
    RunState,
    follow,
    open_choices,
    place_of,
    replay,
    start,
)
from courses.content.scenario_shapes import (
    Card,
    Choice,
    Scenario,
    guards_of_ending,
    guards_of_moment,
)
from courses.content.scenario_ways import (
    EndingReached,
    GateReached,
    ending_reached,
    gate_reached,
    ways_into,
)

MOST_STATES = 100_000


@dataclass(frozen=True)
class Offer:
    """Choices that stand side by side at a moment, as they are worded there."""

    moment: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Walk:
    """All that can happen in a scenario with one of its cards.

    `used` holds the paths of all moments, endings, parts of speech, choices, changes and routes
    that come up. `loops` are rounds of moments that change nothing, `dead_ends` moments without
    an open choice, `silent` moments whose patient has lines but none for some situation.
    With loops, or if there were too many states to see them all (`is_complete` is false), the
    numbers of routes, choices and likelihoods are too small. Where a long wait moves the patient,
    each choice is followed both ways, as if one were as likely as the other.
    """

    endings: Mapping[str, EndingReached]
    gates: Mapping[str, GateReached]
    fewest_choices: int
    most_choices: int
    used: frozenset[str]
    offers: tuple[Offer, ...]
    loops: frozenset[tuple[str, ...]]
    dead_ends: frozenset[str]
    silent: frozenset[str]
    states: int
    is_complete: bool

    @property
    def routes(self) -> int:
        """How many different runs there are, from the start to an ending."""
        return sum(ending.routes for ending in self.endings.values())


def walk(scenario: Scenario, card: Card, after: Sequence[str] = ()) -> Walk:
    """Follow every route of `scenario` with `card`, from the start or on from some choices."""
    first = replay(scenario, card, after)[-1].after if after else start(scenario, card)
    found = _Found(scenario, card)
    found.explore(first)
    ways = ways_into(found.leads_to, found.last_first)
    ended = [(state, way) for state, way in zip(found.states, ways, strict=True) if state.ended]
    return Walk(
        endings={ending: ending_reached(ending, ended) for ending in card.endings},
        gates={gate: gate_reached(gate, ended) for gate in scenario.gates},
        fewest_choices=min((way.shortest for _state, way in ended), default=0) + len(after),
        most_choices=max((way.longest for _state, way in ended), default=0) + len(after),
        used=frozenset(found.used),
        offers=tuple(found.offers.values()),
        loops=frozenset(found.loops),
        dead_ends=frozenset(found.dead_ends),
        silent=frozenset(found.silent),
        states=len(found.states),
        is_complete=found.is_complete,
    )


@dataclass
class _Found:
    """The states found so far, by number, what leads where, and what came up on the way.

    A flag that nothing further on asks about is dropped from a state, so that runs which differ
    only in what no longer matters are followed once.
    """

    scenario: Scenario
    card: Card
    states: list[RunState] = field(default_factory=list)
    numbers: dict[RunState, int] = field(default_factory=dict)
    leads_to: list[tuple[int, ...]] = field(default_factory=list)
    last_first: list[int] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    offers: dict[tuple[str, ...], Offer] = field(default_factory=dict)
    loops: set[tuple[str, ...]] = field(default_factory=set)
    dead_ends: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    is_complete: bool = True
    asked_later: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.asked_later = _flags_asked_later(self.scenario, self.card)

    def explore(self, first: RunState) -> None:
        """Find every state, depth first; `last_first` gets each after all that it leads to."""
        number = self._number_of(first)
        stack = [(number, iter(self._met(number)))]
        on_the_way, met = {number: 0}, {number}
        while stack:
            number, ahead = stack[-1]
            following = next(ahead, None)
            if following is None:
                stack.pop()
                del on_the_way[number]
                self.last_first.append(number)
            elif following not in met:
                met.add(following)
                on_the_way[following] = len(stack)
                stack.append((following, iter(self._met(following))))
            elif following in on_the_way:
                loop = stack[on_the_way[following] :]
                self.loops.add(tuple(self.states[one].moment for one, _ahead in loop))

    def _number_of(self, state: RunState) -> int:
        bare = RunState(
            state.moment,
            state.trust,
            state.distress,
            state.understanding,
            state.flags & self.asked_later[state.moment],
            state.gates,
            state.reached,
            ended=state.ended,
        )
        number = self.numbers.setdefault(bare, len(self.states))
        if number == len(self.states):
            self.states.append(bare)
            self.leads_to.append(())
        return number

    def _met(self, number: int) -> tuple[int, ...]:
        """Note what comes up in a state, and return the numbers of those it leads to."""
        state = self.states[number]
        self._note_place(state)
        if len(self.states) > MOST_STATES:
            self.is_complete = False
        elif not state.ended:
            choices = open_choices(self.card, state)
            self._note_choices(state, choices)
            self.leads_to[number] = tuple(
                self._after(state, choice, waited=waited)
                for choice in choices
                for waited in self._waits(state)
            )
        return self.leads_to[number]

    def _waits(self, state: RunState) -> tuple[bool, ...]:
        """Return whether the patient may have been kept waiting: only where it moves them."""
        think_time = self.card.moments[state.moment].think_time
        return (False, True) if think_time and think_time.moves_the_patient else (False,)

    def _after(self, state: RunState, choice: Choice, *, waited: bool) -> int:
        after, route = follow(self.scenario, self.card, state, choice, waited=waited)
        self.used.add(route.path)
        return self._number_of(after)

    def _note_place(self, state: RunState) -> None:
        place = place_of(self.card, state)
        says = place.says.heard(state)
        self.used.add(place.path)
        for part in (*says, *place.direction.heard(state)):
            self.used.add(part.path)
        if place.says.parts and not says:
            self.silent.add(place.id)

    def _note_choices(self, state: RunState, choices: tuple[Choice, ...]) -> None:
        if not choices:
            self.dead_ends.add(state.moment)
            return
        wording = (state.moment, *(choice.text for choice in choices))
        self.offers.setdefault(wording, Offer(state.moment, choices))
        for choice in choices:
            self.used.add(choice.path)
            for change in choice.changes:
                if change.when.holds(state):
                    self.used.add(change.path)


def _flags_asked_later(scenario: Scenario, card: Card) -> dict[str, frozenset[str]]:
    """Return, for each moment and ending, the flags that a guard there or further on looks at."""
    by_exit = frozenset().union(*(flags_named(route.when) for route in scenario.exits))
    asked = {
        m.id: by_exit.union(*map(flags_named, guards_of_moment(m))) for m in card.moments.values()
    }
    asked |= {
        e.id: frozenset().union(*map(flags_named, guards_of_ending(e)))
        for e in card.endings.values()
    }
    exits = {route.to for route in scenario.exits}
    leads_to = {m.id: exits.union(r.to for r in m.routes) for m in card.moments.values()}
    changed = True
    while changed:
        changed = False
        for moment, targets in leads_to.items():
            later = asked[moment].union(*(asked[target] for target in targets))
            changed = changed or later != asked[moment]
            asked[moment] = later
    return asked
