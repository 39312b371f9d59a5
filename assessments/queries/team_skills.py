"""The skills of a team at a glance: one line for each person that the viewer oversees."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

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


@dataclass(frozen=True)
class Cell:
    """One skill of one person, from practice."""

    skill: Skill
    estimate: Estimate
    level: float

    @cached_property
    def word(self) -> Word:
        """What may be said."""
        return self.estimate.word(self.level)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The likely range, from 0 to 1."""
        return self.estimate.interval

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
        low, high = self.interval
        return 3 if high - low <= SURE else 2 if high - low <= FAIRLY_SURE else 1

    @property
    def percent(self) -> int:
        """The estimate, in percent of the points."""
        return round(100 * min(1.0, max(0.0, self.estimate.mean)))

    @property
    def low(self) -> int:
        """The lower end of the likely range."""
        return round(100 * self.interval[0])

    @property
    def high(self) -> int:
        """The upper end of the likely range."""
        return round(100 * self.interval[1])


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
                Cell(
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
            known = frozenset(map(Source, sources))
            estimates[pk, skill] = Estimate(mean, variance, on, events, known)
    return roles, estimates


_ROLES_AND_ESTIMATES = """
SELECT u.id, u.roles, e.skill, e.mean, e.variance, e.on, e.events, e.sources
FROM people_user u
LEFT JOIN assessments_skillestimate e ON e.user_id = u.id AND e.kind = %(kind)s
WHERE u.id = ANY(%(people)s)
"""
