"""The spread of the bots, as an author reads it beside the problems of a draft."""

from courses.content.bot_spread import BotOutcome, RandomEnding, spreads_of
from courses.content.scenario import EndingKind
from tests.factories.scenarios import moment, small_raw, three_bills_raw


def test_each_manner_is_told_with_its_ending_points_and_safety_steps():
    (spread,) = spreads_of("scenario", small_raw())

    assert spread.patient == "Ana Ruiz"
    assert spread.outcomes == (
        BotOutcome("best", "Settled", EndingKind.GOOD, 100, 1, 1, 3),
        BotOutcome("worst", "Gone", EndingKind.BAD, 0, 0, 1, 3),
        BotOutcome("kindest", "Gone", EndingKind.BAD, 50, 0, 1, 3),
        BotOutcome("fastest", "Gone", EndingKind.BAD, 50, 0, 1, 3),
    )
    assert sum(one.percent for one in spread.random) == 100
    assert {one.ending for one in spread.random} == {"Settled", "Gone"}


def test_every_patient_has_a_spread_of_its_own():
    spreads = spreads_of("scenario", three_bills_raw())

    assert [one.patient for one in spreads] == ["Denise Carver", "Lurdes Tavares"]
    assert [one.kind for one in spreads[0].outcomes] == ["good", "bad", "bad", "bad"]


def test_a_run_that_finds_no_end_says_where_it_stopped():
    round_and_round = moment("hello", "AL1", routes=[{"to": "hello"}])
    (spread,) = spreads_of("scenario", small_raw(moments=[round_and_round], gates={}))

    assert (spread.outcomes[0].ending, spread.outcomes[0].kind) == ("The moment hello", None)
    assert spread.random == (RandomEnding("The moment hello", None, 100),)


def test_what_is_no_scenario_or_cannot_be_read_has_none():
    assert spreads_of("quiz", {"title": "A quiz"}) == ()
    assert spreads_of("scenario", {"title": "Half of it"}) == ()
