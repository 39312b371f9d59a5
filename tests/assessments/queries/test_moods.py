"""The patient's state in words, and where it went with the last reply."""

import pytest

from assessments.queries.moods import Mood, moods_of
from courses.content.scenario_graph import RunState


def state(trust: int = 2, distress: int = 2, understanding: int = 2) -> RunState:
    return RunState("hello", trust, distress, understanding)


def test_a_state_has_three_moods_in_words() -> None:
    moods = moods_of(state(trust=0, distress=4, understanding=2))
    assert [(str(one.label), str(one.word), one.pips) for one in moods] == [
        ("Trust", "Closed off", 1),
        ("Distress", "Overwhelmed", 5),
        ("Understanding", "Piecing it together", 3),
    ]


@pytest.mark.parametrize("kind", ["trust", "distress", "understanding"])
def test_every_level_has_a_word_of_its_own(kind: str) -> None:
    words = [str(Mood(kind, level, level).word) for level in range(5)]
    assert len(set(words)) == 5


@pytest.mark.parametrize(
    ("before", "after", "change", "word"),
    [
        (2, 2, "same", "unchanged"),
        (2, 3, "up", "a little"),
        (3, 2, "down", "a little"),
        (0, 2, "up", "a lot"),
        (4, 0, "down", "a lot"),
    ],
)
def test_a_change_has_a_direction_and_a_size(before, after, change, word) -> None:
    mood = moods_of(state(trust=after), state(trust=before))[0]
    assert (mood.change, str(mood.change_word)) == (change, word)


def test_without_an_earlier_state_nothing_has_changed() -> None:
    assert {one.change for one in moods_of(state())} == {"same"}
