"""Walking every state of a scenario. The figures are those of the text that the call comes from."""

from functools import cache

import pytest

from courses.content import scenario_walk
from courses.content.scenario import Card
from courses.content.scenario_walk import walk
from courses.content.scenario_ways import EndingReached, GateReached
from tests.factories.scenarios import choice, moment, small_raw, small_scenario, three_bills

THREE_BILLS = three_bills()
DENISE, LURDES = THREE_BILLS.cards
BAD_STARTS = "AD"


@cache
def walked(card_id: str, after: str = ""):
    return walk(THREE_BILLS, THREE_BILLS.card(card_id), after)


class TestThreeBills:
    def test_there_are_842648_routes(self):
        assert walked("denise").routes == 842_648

    def test_30011_routes_lead_to_e_heard_18713_of_them_after_the_bad_start(self):
        after_bad_start = sum(
            walked("denise", start).endings["E-heard"].routes for start in BAD_STARTS
        )

        assert walked("denise").endings["E-heard"].routes == 30_011
        assert after_bad_start == 18_713

    def test_chance_ends_at(self):
        shares = {
            ending: round(reached.likelihood * 100)
            for ending, reached in walked("denise").endings.items()
        }

        assert shares == {"E-unsafe": 35, "E-done": 31, "E-gone": 30, "E-heard": 4}

    def test_chance_takes_2_to_14_choices(self):
        assert (walked("denise").fewest_choices, walked("denise").most_choices) == (2, 14)

    def test_chance_meets_half_and_a_quarter_of_the_gates_it_reaches(self):
        met = {gate: round(one.met_when_reached, 9) for gate, one in walked("denise").gates.items()}

        assert met == {"G1": 0.5, "G2": 0.25}

    def test_all_18_moments_and_endings_are_reached(self):
        used = walked("denise").used
        places = [*THREE_BILLS.moments, *THREE_BILLS.endings]

        assert len(places) == 18
        assert [place.id for place in places if place.path not in used] == []

    def test_all_46_choices_are_reached(self):
        choices = [one.path for place in THREE_BILLS.moments for one in place.choices]

        assert len(choices) == 46
        assert set(choices) <= walked("denise").used

    @pytest.mark.parametrize("card", THREE_BILLS.cards, ids=lambda card: card.id)
    def test_every_line_variant_is_heard(self, card: Card):
        places = [*card.moments.values(), *card.endings.values()]
        own = {part.path for place in places for part in place.says.parts}

        assert own - walked(card.id).used == set()

    def test_every_change_for_lurdes_comes_up(self):
        changes = {
            change.path
            for place in LURDES.moments.values()
            for one in place.choices
            for change in one.changes
        }

        assert changes - walked("lurdes").used == set()

    @pytest.mark.parametrize("card", THREE_BILLS.cards, ids=lambda card: card.id)
    def test_nobody_gets_stuck(self, card: Card):
        found = walked(card.id)

        assert (found.loops, found.dead_ends, found.silent, found.is_complete) == (
            frozenset(),
            frozenset(),
            frozenset(),
            True,
        )

    @pytest.mark.parametrize("card", THREE_BILLS.cards, ids=lambda card: card.id)
    def test_every_choice_is_within_5_percent_of_its_moments_mean_length(self, card: Card):
        for offer in walked(card.id).offers:
            lengths = [len(one.text) for one in offer.choices]
            mean = sum(lengths) / len(lengths)
            assert max(abs(length - mean) for length in lengths) <= 0.05 * mean, offer.moment


class TestWalk:
    def test_counts_every_route_of_a_small_scenario(self):
        found = walk(small_scenario(), small_scenario().cards[0])

        assert found.endings == {
            "calm": EndingReached(2, 0.25, frozenset()),
            "lost": EndingReached(6, 0.75, frozenset({"G1"})),
        }
        assert found.gates == {"G1": GateReached(1.0, 0.5)}
        assert (found.routes, found.fewest_choices, found.most_choices) == (8, 3, 3)

    def test_goes_on_from_some_first_choices(self):
        scenario = small_scenario()

        found = walk(scenario, scenario.cards[0], "AA")

        assert {ending: one.routes for ending, one in found.endings.items()} == {
            "calm": 0,
            "lost": 2,
        }
        assert (found.fewest_choices, found.most_choices) == (3, 3)

    def test_forgets_flags_that_nothing_asks_about_any_more(self):
        scenario = small_scenario()
        chain = [
            moment(
                f"m{number}", "AL1", routes=[{"to": f"m{number + 1}" if number < 19 else "calm"}]
            )
            for number in range(20)
        ]
        for place in chain:
            place["choices"][0]["sets"] = [f"flag_{place['id']}"]
        long = small_scenario(moments=chain, gates={}, endings=[small_raw()["endings"][0]])

        assert walk(long, long.cards[0]).states == 21
        assert walk(long, long.cards[0]).routes == 2**20
        assert scenario.remembered == frozenset()

    def test_names_a_round_that_never_ends(self):
        choices = [choice("A", 5, sets=["on"]), choice("B", 1)]
        scenario = small_scenario(
            moments=[
                moment("ask", "AL1", routes=[{"to": "wait"}]),
                moment(
                    "wait",
                    "AL1",
                    choices=choices,
                    routes=[{"when": {"flag": "on"}, "to": "calm"}, {"to": "ask"}],
                ),
            ]
        )

        assert walk(scenario, scenario.cards[0]).loops == {("ask", "wait")}

    def test_a_round_that_something_leads_out_of_is_none(self):
        scenario = small_scenario(
            moments=[
                moment(
                    "ask",
                    "AL1",
                    choices=[choice("A", 5), choice("B", 1, effects={"trust": -1})],
                    routes=[{"when": {"trust": ">=1"}, "to": "calm"}, {"to": "wait"}],
                ),
                moment("wait", "AL1"),
            ],
            start={"trust": 1, "distress": 0, "understanding": 0},
        )

        assert walk(scenario, scenario.cards[0]).loops == frozenset()

    def test_names_moments_without_an_open_choice_and_without_a_word(self):
        raw = small_raw()
        raw["moments"][2]["says"] = [{"when": {"flag": "hurried"}, "text": "Again."}]
        raw["moments"][2]["choices"] = [
            choice(id, 3, when={"flag": "hurried"}, sets=["plan"]) for id in "AB"
        ]
        scenario = small_scenario(moments=raw["moments"])

        found = walk(scenario, scenario.cards[0])

        assert (found.dead_ends, found.silent) == ({"close"}, {"close"})

    def test_stops_where_there_is_too_much_to_see(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(scenario_walk, "MOST_STATES", 10)

        assert not walk(THREE_BILLS, DENISE).is_complete
