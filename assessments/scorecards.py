"""Scorecards of real calls, as a call-quality system exports them: one line of CSV each. Pure."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from courses.content.skills import Skill

COLUMNS = ("email", "reference", "day")
LONGEST_REFERENCE = 48
_HIGHEST = 100.0


@dataclass(frozen=True)
class Scorecard:
    """One scored contact. `scores` has shares of the points, 0 to 1, of the skills it scored."""

    email: str
    reference: str
    on: date
    scores: Mapping[Skill, float]


class ScorecardsWrong(ValueError):
    """The file cannot be used; `problems` says what is wrong in which line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def read_scorecards(lines: Iterable[str], *, today: date) -> list[Scorecard]:
    """Read a header and a line for each contact; a score is 0 to 100, empty where there is none.

    Raises:
        ScorecardsWrong: with every problem found.
    """
    reader = csv.DictReader(lines)
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise ScorecardsWrong([f"The first line names no column {', '.join(missing)}."])
    cards: list[Scorecard] = []
    problems: list[str] = []
    seen: set[str] = set()
    for row in reader:
        try:
            card = _card(row, today)
            if card.reference in seen:
                raise ValueError(f"“{card.reference}” stands in an earlier line too")
            seen.add(card.reference)
            cards.append(card)
        except ValueError as error:
            problems.append(f"Line {reader.line_num}: {error}.")
    if problems:
        raise ScorecardsWrong(problems)
    return cards


def _card(row: Mapping[str, str | None], today: date) -> Scorecard:
    email, reference, day = ((row[name] or "").strip() for name in COLUMNS)
    if not email or not 0 < len(reference) <= LONGEST_REFERENCE:
        raise ValueError(f"write an e-mail, and a reference of at most {LONGEST_REFERENCE} signs")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"“{day}” is no day such as 2026-03-31") from None
    if on > today:
        raise ValueError(f"{on} is still to come")
    scores = {skill: _share(text) for skill in Skill if (text := (row.get(skill) or "").strip())}
    if not scores:
        raise ValueError("it scores none of " + ", ".join(Skill))
    return Scorecard(email, reference, on, scores)


def _share(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        raise ValueError(f"“{text}” is no score") from None
    if not 0 <= score <= _HIGHEST:
        raise ValueError(f"{text} is not between 0 and 100")
    return score / _HIGHEST
