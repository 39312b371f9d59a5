"""The skills of a team at a glance: one line for each person that the viewer oversees."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from assessments.models import EvidenceKind, SkillEstimate
from assessments.queries.estimate_words import with_word
from assessments.queries.skill_profile import expected_of
from assessments.skill_estimate import Estimate, Source, Word, fade
from courses.content.skills import Skill
from courses.queries.by_name import (
    PAGE_SIZE,
    PageByName,
    Person,
    Place,
    first_page,
    matching,
    page_by_name,
)
from courses.queries.frame import current_frame
from courses.queries.overseen import Overseen
from portal.kit.clock import utc_day
from portal.kit.sql import array_of, kept_rows
from portal.people.models import Membership, Team, User

SURE, FAIRLY_SURE = 0.22, 0.29  # width of the 80 % range
_LOOKS = {Word.STRENGTH: "h-above", Word.GAP: "h-low", Word.OPEN: "h-near"}


@dataclass(frozen=True)
class SkillsFilter:
    """Whom to show, and in what order; a word needs its skill. Empty fields let all through."""

    text: str = ""
    team: Team | None = None
    skill: Skill | None = None
    word: Word | None = None
    is_quiet_first: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it may leave somebody out."""
        return bool(self.text or self.team or (self.skill and self.word))


class Cell(NamedTuple):
    """One skill of one person, from practice, worked out once; numbers are percents of the points.

    `dots` is how sure we are, from 1 to 3, by the width of the likely range; 0 is that there is
    too little to say anything.
    """

    skill: Skill
    word: Word
    percent: int
    low: int
    high: int
    dots: int

    @property
    def is_known(self) -> bool:
        """Whether there is enough evidence for a number."""
        return self.dots > 0

    @property
    def look(self) -> str:
        """The classes of its band and of how sure we are."""
        return f"{_LOOKS[self.word]} c{self.dots}" if self.dots else "h-none"


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


def team_skills(
    people: Overseen, wanted: SkillsFilter, place: Place, *, now: datetime
) -> TeamSkills:
    """Return a page of these people with what practice shows, in three queries.

    One more reads the frame where a word is asked for.
    """
    frame, today = current_frame(), utc_day(now)
    page = _page(people, wanted, place, today)
    roles, estimates = _roles_and_estimates([person.pk for person in page.people])
    nothing = Estimate()
    rows = tuple(
        SkillRow(
            person.pk,
            person.name,
            tuple(
                _cell(
                    framed.skill,
                    fade(estimates.get((person.pk, framed.skill), nothing), today),
                    expected_of(framed.expected, roles[person.pk]),
                )
                for framed in frame.skills
            ),
        )
        for person in page.people
    )
    return TeamSkills(rows, page.before, page.after)


def _cell(skill: Skill, estimate: Estimate, level: float) -> Cell:
    low, high = estimate.interval
    word = estimate.word(level)
    return Cell(
        skill=skill,
        word=word,
        percent=round(100 * min(1.0, max(0.0, estimate.mean))),
        low=round(100 * low),
        high=round(100 * high),
        dots=0 if word is Word.TOO_LITTLE else _dots(high - low),
    )


def _dots(width: float) -> int:
    return 3 if width <= SURE else 2 if width <= FAIRLY_SURE else 1


def _page(people: Overseen, wanted: SkillsFilter, place: Place, today: date) -> PageByName:
    if not wanted.narrows and not wanted.is_quiet_first and place == Place():
        return first_page(people)
    shown = _filtered(people.people, wanted, today)
    if wanted.is_quiet_first:
        return _quiet_first(shown, place)
    return page_by_name(shown, place, are_few=people.are_few or wanted.narrows)


def _filtered(people: QuerySet[User], wanted: SkillsFilter, today: date) -> QuerySet[User]:
    found = matching(people, wanted.text)
    if wanted.team:
        current: QuerySet[Membership] = Membership.objects.current()
        members = current.filter(team__path__startswith=wanted.team.path)
        found = found.filter(pk__in=members.values("user"))
    if wanted.skill and wanted.word:
        found = with_word(found, wanted.skill, wanted.word, today)
    return found


def _quiet_first(people: QuerySet[User], place: Place) -> PageByName:
    """Return people by their last evidence, who has none first; a place is how many came before.

    A reminder of whom one knows too little about, and no rank of anybody.
    """
    start = place.after or max(0, (place.before or 0) - PAGE_SIZE)
    practice = SkillEstimate.objects.filter(kind=EvidenceKind.PRACTICE, on__isnull=False)
    latest = practice.filter(user=OuterRef("pk"))
    seen = latest.order_by("-on").values("on")[:1]
    ordered = people.alias(seen=Subquery(seen)).order_by(
        F("seen").asc(nulls_first=True), Lower("name"), "pk"
    )
    lines = ordered.values_list("pk", "name", "time_zone")
    found = [Person(*line) for line in lines[start : start + PAGE_SIZE + 1]]
    after = start + PAGE_SIZE if len(found) > PAGE_SIZE else None
    return PageByName(tuple(found[:PAGE_SIZE]), start or None, after)


def _roles_and_estimates(
    people: list[int],
) -> tuple[dict[int, list[str]], dict[tuple[int, str], Estimate]]:
    roles: dict[int, list[str]] = {}
    estimates: dict[tuple[int, str], Estimate] = {}
    params = {"people": array_of(people), "kind": EvidenceKind.PRACTICE.value}
    for pk, own_roles, skill, mean, variance, on, events, sources in kept_rows(
        _ROLES_AND_ESTIMATES, params
    ):
        roles[pk] = own_roles
        if skill:
            estimates[pk, skill] = Estimate(mean, variance, on, events, _kinds(tuple(sources)))
    return roles, estimates


@lru_cache(maxsize=128)
def _kinds(names: tuple[str, ...]) -> frozenset[Source]:
    """Return where evidence comes from; there are few ways, and 250 cells."""
    return frozenset(map(Source, names))


_ROLES_AND_ESTIMATES = """
SELECT u.id, u.roles, e.skill, e.mean, e.variance, e.on, e.events, e.sources
FROM people_user u
LEFT JOIN assessments_skillestimate e ON e.user_id = u.id AND e.kind = %(kind)s
WHERE u.id = ANY(%(people)s)
"""
