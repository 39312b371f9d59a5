"""Answers from a browser: what is kept of them, and the sentence for anything else."""

import json
from contextlib import suppress
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.responses import (
    BestAndWorst,
    Gaps,
    InOrder,
    InvalidResponse,
    OneOption,
    OwnWords,
    Pairs,
    Ratings,
    SeveralOptions,
    read_kept,
    read_response,
)
from tests.factories import items

EVERY_TYPE = [
    items.single_choice(),
    items.multiple_choice(),
    items.true_false(),
    items.ordering(),
    items.matching(),
    items.fill_gap(),
    items.single_choice(type_="mark_sentence"),
    items.best_worst(),
    items.rank_all(),
    items.rate_each(),
    items.short_text(),
    items.long_text(),
]
RATINGS = {"A": 5, "B": 3, "C": 2, "D": 1}
GOOD = [
    (items.single_choice(), {"option": "B"}, OneOption("B")),
    (items.true_false(), {"option": "true"}, OneOption("true")),
    (items.single_choice(type_="mark_sentence"), {"option": "C"}, OneOption("C")),
    (items.multiple_choice(), {"options": ["C", "A", "C"]}, SeveralOptions(("A", "C"))),
    (items.ordering("abc"), {"order": ["c", "a", "b"]}, InOrder(("c", "a", "b"))),
    (
        items.matching(),
        {"pairs": {"C": "w", "B": "x", "A": "x"}},
        Pairs({"A": "x", "B": "x", "C": "w"}),
    ),
    (items.fill_gap(), {"words": {"A": " Old\0", "B": "é"}}, Gaps({"A": "Old", "B": "é"})),
    (items.best_worst(), {"best": "A", "worst": "B"}, BestAndWorst("A", "B")),
    (items.rank_all((5, 3, 1)), {"order": ["C", "A", "B"]}, InOrder(("C", "A", "B"))),
    (items.rate_each(), {"ratings": RATINGS}, Ratings(RATINGS)),
    (items.short_text(), {"text": " Three times. "}, OwnWords("Three times.", ())),
    (items.long_text(), {"text": "x" * 8000}, OwnWords("x" * 8000, ())),
    (
        items.short_text(),
        {"text": "So.", "held": ["opened", "times"]},
        OwnWords("So.", ("times", "opened")),
    ),
]
ONE = "Choose one answer."
ORDER = "Put every step in its place, each one once."
MATCH = "Choose an answer for each one."
GAP = "Fill every gap; a guess is fine."
SCALE = "Rate each reply from 1 to 5."
BAD = [
    (items.single_choice(), {}, ONE),
    (items.single_choice(), {"option": "Z"}, ONE),
    (items.single_choice(), {"option": ["B"]}, ONE),
    (items.true_false(), {"option": True}, ONE),
    (items.multiple_choice(), {"options": []}, "Choose at least one answer."),
    (items.multiple_choice(), {"options": "AC"}, "Choose at least one answer."),
    (items.multiple_choice(), {"options": ["A", "Z"]}, "Choose at least one answer."),
    (items.ordering("abc"), {"order": ["a", "b"]}, ORDER),
    (items.ordering("abc"), {"order": ["a", "b", "b"]}, ORDER),
    (items.ordering("abc"), {"order": ["a", "b", "c", "a"]}, ORDER),
    (items.ordering("abc"), {"order": [["a"], "b", "c"]}, ORDER),
    (items.matching(), {}, MATCH),
    (items.matching(), {"pairs": {"A": "x", "B": "x"}}, MATCH),
    (items.matching(), {"pairs": {"A": "x", "B": "x", "C": "q"}}, MATCH),
    (items.matching(), {"pairs": {"A": "x", "B": "x", "C": "w", "D": "w"}}, MATCH),
    (items.fill_gap(), {"words": ["old", "opened"]}, GAP),
    (items.fill_gap(), {"words": {"A": "old"}}, GAP),
    (items.fill_gap(), {"words": {"A": "old", "B": " "}}, GAP),
    (items.fill_gap(), {"words": {"A": "old", "B": 5}}, GAP),
    (
        items.fill_gap(),
        {"words": {"A": "old", "B": "x" * 101}},
        "This is very long for a gap; a few words are enough.",
    ),
    (items.rank_all((5, 3, 1)), {"order": ["A", "B", "B"]}, ORDER),
    (items.best_worst(), {"worst": "A"}, "Choose the best reply too."),
    (items.best_worst(), {"best": "A"}, "Choose the worst reply too."),
    (
        items.best_worst(),
        {"best": "A", "worst": "A"},
        "Choose two different replies: one as best, one as worst.",
    ),
    (items.rate_each(), {"ratings": {"A": 5}}, "Rate every reply."),
    (items.rate_each(), {"ratings": RATINGS | {"E": 5}}, "Rate every reply."),
    (items.rate_each(), {"ratings": RATINGS | {"A": 6}}, SCALE),
    (items.rate_each(), {"ratings": RATINGS | {"A": 0}}, SCALE),
    (items.rate_each(), {"ratings": RATINGS | {"A": "5"}}, SCALE),
    (items.rate_each(), {"ratings": RATINGS | {"A": True}}, SCALE),
    (items.rate_each(), {"ratings": RATINGS | {"A": float("nan")}}, SCALE),
    (items.short_text(), {"text": "  "}, "Write your reply first."),
    (
        items.short_text(),
        {"text": "x" * 2001},
        "This reply is very long. Shorten it to what you would say out loud.",
    ),
    (items.long_text(), {"text": " "}, "Write your reply first."),
    (
        items.long_text(),
        {"text": "x" * 8001},
        "This is longer than 8,000 characters. It is still here; shorten it.",
    ),
    (items.short_text(), {"text": "So.", "held": ["kind"]}, "Mark only what is on the list."),
]
PLAIN_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["option", "options", "order", "pairs", "words", "best", "worst", "ratings", "text", "held"]
)


@pytest.mark.parametrize(("item", "payload", "response"), GOOD)
def test_a_good_answer_is_read(item, payload, response):
    assert read_response(item, payload) == response


@pytest.mark.parametrize(("item", "payload", "response"), GOOD)
def test_what_is_stored_reads_the_same_again(item, payload, response):
    stored = json.loads(json.dumps(asdict(response)))

    assert read_response(item, stored) == response


@pytest.mark.parametrize(("item", "payload", "sentence"), BAD)
def test_anything_else_is_refused_with_a_sentence(item, payload, sentence):
    with pytest.raises(InvalidResponse) as caught:
        read_response(item, payload)

    assert str(caught.value) == sentence


def test_fields_that_nobody_asked_for_are_not_kept():
    response = read_response(items.single_choice(), {"option": "B", "score": 1, "note": "x" * 9999})

    assert asdict(response) == {"option": "B"}


@given(st.sampled_from(EVERY_TYPE), PLAIN_VALUES | st.dictionaries(FIELDS, PLAIN_VALUES))
def test_no_input_does_worse_than_being_refused(item, payload):
    with suppress(InvalidResponse):
        assert asdict(read_response(item, payload))


def test_how_sure_one_is_is_kept_where_it_is_asked_for():
    item = replace(items.single_choice(), asks_confidence=True)

    assert read_kept(item, {"option": "B", "confidence": 3}) == {"option": "B", "confidence": 3}
    assert read_kept(items.single_choice(), {"option": "B", "confidence": 3}) == {"option": "B"}
    for other in ({}, {"confidence": 0}, {"confidence": "3"}, {"confidence": True}):
        with pytest.raises(InvalidResponse, match="Say how sure you are, too"):
            read_kept(item, {"option": "B"} | other)
