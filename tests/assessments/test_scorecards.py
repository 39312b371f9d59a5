"""Scorecards of another system: what a file may say, and that every wrong line is named."""

from datetime import date

import pytest

from assessments.scorecards import Scorecard, ScorecardsWrong, read_scorecards
from courses.content.skills import Skill

TODAY = date(2026, 3, 31)
HEADER = "email,reference,day,listening,empathy,handled"


def read(*lines: str):
    return read_scorecards([HEADER, *lines], today=TODAY)


def test_a_line_is_a_scored_contact_and_an_empty_score_is_none():
    assert read("priya@example.org, QA-1 ,2026-03-30,80,,yes") == [
        Scorecard("priya@example.org", "QA-1", date(2026, 3, 30), {Skill.LISTENING: 0.8})
    ]


def test_every_wrong_line_is_named():
    with pytest.raises(ScorecardsWrong) as wrong:
        read(
            "priya@example.org,QA-1,2026-03-30,80,90,",
            "priya@example.org,QA-1,2026-03-30,80,90,",
            ",QA-2,2026-03-30,80,90,",
            "priya@example.org,QA-3,30/03/2026,80,90,",
            "priya@example.org,QA-4,2026-04-01,80,90,",
            "priya@example.org,QA-5,2026-03-30,,,",
            "priya@example.org,QA-6,2026-03-30,good,90,",
            "priya@example.org,QA-7,2026-03-30,101,90,",
            "priya@example.org,QA-8,2026-03-30,nan,90,",
            "priya@example.org",
        )

    assert wrong.value.problems == (
        "Line 3: “QA-1” stands in an earlier line too.",
        "Line 4: write an e-mail, and a reference of at most 48 signs.",
        "Line 5: “30/03/2026” is no day such as 2026-03-31.",
        "Line 6: 2026-04-01 is still to come.",
        "Line 7: it scores none of listening, communication, empathy, problem, eq.",
        "Line 8: “good” is no score.",
        "Line 9: 101 is not between 0 and 100.",
        "Line 10: nan is not between 0 and 100.",
        "Line 11: write an e-mail, and a reference of at most 48 signs.",
    )


@pytest.mark.parametrize("lines", [[], ["who,when"]])
def test_a_file_without_its_columns_is_refused(lines):
    with pytest.raises(ScorecardsWrong, match="The first line names no column email, reference"):
        read_scorecards(lines, today=TODAY)
