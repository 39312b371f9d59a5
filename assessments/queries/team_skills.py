"""The skills of a team at a glance: one line for each person that the viewer oversees."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import EvidenceKind, SkillEstimate
from assessments.queries.skill_profile import WORDS, expected_of
from assessments.skill_estimate import Estimate, Word, fade
from courses.content.skills import Skill
from courses.queries.by_name import Place, matching, page_by_name
from courses.queries.frame import current_frame
from courses.queries.overseen import Overseen
from portal.kit.clock import utc_day
from portal.people.models import User

SURE, FAIRLY_SURE = 0.22, 0.29  # width of the 80 % range
_LOOKS = {Word.STRENGTH: "h-above", Word.GAP: "h-low", Word.OPEN: "h-near"}


@dataclass(frozen=True)
class Cell:
    """One skill of one person, from practice."""

    skill: Skill
    estimate: Estimate
    level: float

    @property
    def word(self) -> Word:
        """What may be said."""
        return self.estimate.word(self.level)

    @property
    def in_words(self) -> str:
        """The same, for a reader."""
        return str(WORDS[self.word])

    @property
    def is_known(self) -> bool:
        """Whether there is enough evidence for a number."""
        return self.word is not Word.TOO_LITTLE

    @property
    def is_gap(self) -> bool:
        """Whether it is a likely gap."""
        return self.word is Word.GAP

    @property
    def look(self) -> str:
        """The classes of its band and of how sure we are."""
        return f"{_LOOKS.get(self.word, 'h-none')} c{self.dots}" if self.is_known else "h-none"

    @property
    def dots(self) -> int:
        """How sure we are, from 1 to 3, by the width of the likely range."""
        low, high = self.estimate.interval
        return 3 if high - low <= SURE else 2 if high - low <= FAIRLY_SURE else 1

    @property
    def percent(self) -> int:
        """The estimate, in percent of the points."""
        return round(100 * min(1.0, max(0.0, self.estimate.mean)))

    @property
    def low(self) -> int:
        """The lower end of the likely range."""
        return round(100 * self.estimate.interval[0])

    @property
    def high(self) -> int:
        """The upper end of the likely range."""
        return round(100 * self.estimate.interval[1])


@dataclass(frozen=True)
class SkillRow:
    """A person and their five skills."""

    id: int
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TeamSkills:
    """A stretch of the team by name; the ids say where the pages beside it begin."""

    rows: tuple[SkillRow, ...]
    before: int | None
    after: int | None


def team_skills(people: Overseen, text: str, place: Place, *, now: datetime) -> TeamSkills:
    """Return a page of these people with what practice shows, in four queries."""
    frame, today = current_frame(), utc_day(now)
    shown = matching(people.people, text)
    page = page_by_name(shown, place, are_few=people.are_few or bool(text))
    ids = [person.pk for person in page.people]
    roles = dict(User.objects.filter(pk__in=ids).values_list("pk", "roles"))
    stored = SkillEstimate.objects.filter(user__in=ids, kind=EvidenceKind.PRACTICE)
    estimates = {(one.user_id, one.skill): one.value for one in stored}
    rows = tuple(
        SkillRow(
            person.pk,
            person.name,
            tuple(
                Cell(
                    framed.skill,
                    fade(estimates.get((person.pk, framed.skill), Estimate()), today),
                    expected_of(framed.expected, roles[person.pk]),
                )
                for framed in frame.skills
            ),
        )
        for person in page.people
    )
    return TeamSkills(rows, page.before, page.after)
