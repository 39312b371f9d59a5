"""A rule of form picks by the words of the replies alone, and shares where it cannot decide."""

import pytest

from courses.content.form_rules import RULES, picked_by_form
from courses.content.scenario import parse_scenario
from tests.factories.scenarios import small_raw


def with_replies(*texts: str):
    """Return a scenario in whose first moment these are the replies, the first one the best."""
    raw = small_raw()
    moment = raw["moments"][0]
    model = moment["choices"][0]
    moment["choices"] = [
        model | {"id": f"C{n}", "text": text, "effectiveness": 5 if n == 0 else 2}
        for n, text in enumerate(texts)
    ]
    raw["moments"] = [moment, *raw["moments"][1:]]
    return parse_scenario(raw)


def share_of(rule: str, *texts: str) -> float:
    scenario = with_replies(*texts)
    first = [moment for moment in scenario.moments if moment.choices[0].id == "C0"]
    assert len(first) == 1
    figures = [RULES[rule](choice.text) for choice in first[0].choices]
    picked = [n for n, figure in enumerate(figures) if figure == max(figures)]
    return picked.count(0) / len(picked)


@pytest.mark.parametrize(
    ("rule", "best", "other"),
    [
        ("the longest", "Go on, please, all of it.", "Go on."),
        ("the shortest", "Go on.", "Go on, please, all of it."),
        ("most sentences", "Go on. I’m here.", "Go on, I’m here."),
        ("shortest sentences", "Go on. I’m here.", "Go on and tell me all of it."),
        ("fewest commas", "Go on and tell me.", "Go on, tell me."),
        ("most digits", "At 10:30, case 4016.", "In the morning."),
        ("ends with a question", "What came next?", "What came next? Go on."),
        ("asks nothing", "Go on.", "Who told you?"),
        ("most “I”", "I’ll call, and I’ll ask.", "They will call."),
        ("most “you”", "You said your Tuesday.", "Tuesday, then."),
        ("most “we”", "We lost our copy.", "The copy is lost."),
        ("says sorry", "I’m sorry. It’s ours.", "It’s ours."),
        ("most “not”", "I don’t know, not yet.", "I will know."),
    ],
)
def test_a_rule_goes_by_what_its_name_says(rule, best, other):
    assert share_of(rule, best, other) == 1
    assert share_of(rule, other, best) == 0


def test_where_a_rule_cannot_decide_it_picks_each_equally_often():
    assert share_of("says sorry", "Go on.", "I see.", "What else?", "And then?") == 0.25


def test_chance_and_shares_are_of_all_moments_with_a_choice():
    found = picked_by_form([parse_scenario(small_raw())])

    assert found is not None
    assert found.moments > 0
    assert 0 < found.chance < 1
    assert {name for name, _share in found.shares} == set(RULES)
    assert [share for _name, share in found.shares] == sorted(
        (share for _name, share in found.shares), reverse=True
    )


def test_without_a_choice_there_is_nothing_to_pick():
    assert picked_by_form([]) is None
