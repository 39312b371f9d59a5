"""The coach on a page: another one can stand in, the text is cut at its marks, all is worded."""

import logging

import pytest
from django.utils.translation import override

from assessments.checks import the_named_coach_is_one
from assessments.queries import coach
from assessments.queries.coach import CoachNote, Piece, coach_in_use, notes_on, observed, pieces_of
from courses.content.reply_coach import Observation, Rule, RuleCoach

ME = "tests.assessments.queries.test_coach"
TEXT = "Your copay is due. What happened? Did you call?"


class OutsideCoach:
    """A coach of others that points beside the text, too."""

    stays_here = False

    def observe(self, text: str) -> tuple[Observation, ...]:
        """Mark the first word, and one that is not there."""
        return (Observation(0, 4, Rule.JARGON), Observation(5, 500, Rule.QUESTION))


class BrokenCoach(OutsideCoach):
    """A coach that cannot be reached."""

    def observe(self, text: str) -> tuple[Observation, ...]:
        """Fail as a network does."""
        raise OSError("no route to host")


class NoCoach:
    """Something else."""


def test_the_rules_speak_unless_an_admin_names_another_coach(settings) -> None:
    assert coach_in_use() == RuleCoach()
    settings.REPLY_COACH = f"{ME}.OutsideCoach"
    assert coach_in_use().stays_here is False
    assert observed(TEXT) == (Observation(0, 4, Rule.JARGON),)


def test_a_coach_that_fails_costs_nobody_their_call(settings, caplog) -> None:
    settings.REPLY_COACH = f"{ME}.BrokenCoach"
    with caplog.at_level(logging.ERROR, coach.__name__):
        assert observed(TEXT) == RuleCoach().observe(TEXT)
    assert "the rules speak instead" in caplog.text


@pytest.mark.parametrize(
    ("name", "is_fine"),
    [("", True), (f"{ME}.OutsideCoach", True), (f"{ME}.NoCoach", False), ("no.such.Coach", False)],
)
def test_a_name_that_is_no_coach_is_said_at_the_start(settings, name, is_fine) -> None:
    settings.REPLY_COACH = name
    assert (the_named_coach_is_one(None) == []) is is_fine


def test_a_text_is_cut_where_marks_begin_and_end() -> None:
    assert pieces_of(TEXT, notes_on(TEXT, frozenset())) == (
        Piece("Your ", False),
        Piece("copay", True, (1,)),
        Piece(" is due. ", False),
        Piece("What happened?", True, (2,)),
        Piece(" ", True),
        Piece("Did you call?", True, (3, 4)),
    )
    assert "".join(piece.text for piece in pieces_of(TEXT, ())) == TEXT


def test_a_note_about_all_of_it_marks_no_place() -> None:
    note = CoachNote(1, Observation(0, len(TEXT), Rule.READING_GRADE, grade=9), TEXT)
    assert pieces_of(TEXT, (note,)) == (Piece(TEXT, False),)
    assert note.says == "This reads at about school grade 9."


def test_what_was_reported_is_known_again_by_place_and_rule() -> None:
    reported = frozenset({Observation(5, 10, Rule.JARGON)})
    assert [note.is_reported for note in notes_on(TEXT, reported)] == [True, False, False, False]


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_says_what_it_sees_and_why_and_never_judges(rule: Rule) -> None:
    note = CoachNote(
        1, Observation(0, 4, rule, grade=8 if rule is Rule.READING_GRADE else None), ""
    )
    with override("en"):
        words = f"{note.says} {note.because}".lower()
    assert "%(" not in words
    for judged in ("good", "bad", "wrong", "score", "safe", "well done", "should", "poor"):
        assert judged not in words
