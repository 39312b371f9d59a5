"""Teams beside each other as distributions: how many people each word is said of, and no more."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessments.queries.estimate_words import WORD_SQL, word_params
from assessments.queries.skill_profile import WORDS
from assessments.skill_estimate import Word
from courses.content.skills import Skill
from courses.queries.frame import current_frame
from portal.kit.clock import utc_day
from portal.kit.sql import rows
from portal.people.models import Team, User
from portal.people.queries.scope import teams_overseen_by

FEWEST = 5  # people of a group that is shown at all
GROUPS = 50
_WIDTH = 200
ORDER = (Word.GAP, Word.OPEN, Word.STRENGTH, Word.TOO_LITTLE)

# The people of each group once, however many of its teams they are in.
_PEOPLE = """
SELECT DISTINCT g.id AS "group", m.user_id
FROM people_team g
JOIN people_team t ON t.path LIKE g.path || '%%'
JOIN people_membership m ON m.team_id = t.id AND m.ended_on IS NULL AND NOT m.is_lead
JOIN people_user u ON u.id = m.user_id AND u.is_active
WHERE g.id = ANY(%(groups)s)
"""
_SIZES = f"""
WITH p AS ({_PEOPLE}) SELECT "group", count(*) FROM p GROUP BY 1
"""  # noqa: S608  (constants of this module)
_COUNTS = f"""
WITH p AS ({_PEOPLE})
SELECT p."group", e.skill, {WORD_SQL} AS word, count(*)
FROM p
JOIN people_user u ON u.id = p.user_id
JOIN assessments_skillestimate e ON e.user_id = p.user_id AND e.kind = 'practice'
WHERE p."group" = ANY(%(shown)s)
GROUP BY 1, 2, 3
"""  # noqa: S608  (constants of this module)


@dataclass(frozen=True)
class Part:
    """Of how many people one word is said, and where it stands in the bar (its own units)."""

    word: Word
    count: int
    x: float
    width: float

    @property
    def in_words(self) -> str:
        """The word, for a reader."""
        return str(WORDS[self.word])


@dataclass(frozen=True)
class Bar:
    """One skill of one group."""

    skill: Skill
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Group:
    """A site, program or team; `bars` is empty where too few people are in it to show them."""

    team: Team
    people: int
    has_below: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class SkillGroups:
    """The groups of one level, by name; `within` is what they are part of."""

    groups: tuple[Group, ...]
    within: Team | None
    is_cut: bool


def skill_groups(viewer: User, within: Team | None, *, now: datetime) -> SkillGroups:
    """Return the groups right below a team, or the highest ones that the viewer oversees.

    In five queries, whatever the number of people.
    """
    teams = _level(viewer, within)
    shown, day = teams[:GROUPS], utc_day(now)
    ids = [team.pk for team in shown]
    sizes = dict(rows(_SIZES, {"groups": ids}))
    enough = [pk for pk in ids if sizes.get(pk, 0) >= FEWEST]
    counts = _counts(ids, enough, day)
    below = set(Team.objects.filter(parent__in=ids).values_list("parent", flat=True).distinct())
    return SkillGroups(
        groups=tuple(
            Group(
                team,
                people=sizes.get(team.pk, 0),
                has_below=team.pk in below,
                bars=_bars(counts[team.pk], sizes[team.pk]) if team.pk in enough else (),
            )
            for team in shown
        ),
        within=within,
        is_cut=len(teams) > GROUPS,
    )


def _level(viewer: User, within: Team | None) -> list[Team]:
    overseen = teams_overseen_by(viewer)
    level = (
        overseen.filter(parent=within)
        if within
        else overseen.exclude(parent__in=overseen.values("pk"))
    )
    return list(level.order_by("name", "pk")[: GROUPS + 1])


def _counts(ids: list[int], shown: list[int], day: date) -> dict[int, dict[tuple[str, str], int]]:
    counts: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    values: dict[str, Any] = {"groups": ids, "shown": shown} | word_params(current_frame(), day)
    for group, skill, word, count in rows(_COUNTS, values):
        counts[group][skill, word] = count
    return counts


def _bars(counts: dict[tuple[str, str], int], people: int) -> tuple[Bar, ...]:
    return tuple(Bar(skill, _parts(counts, skill, people)) for skill in Skill)


def _parts(counts: dict[tuple[str, str], int], skill: Skill, people: int) -> tuple[Part, ...]:
    """Return the words in a fixed order; who has no estimate has not enough evidence."""
    said = {word: counts.get((skill, word), 0) for word in ORDER}
    said[Word.TOO_LITTLE] = people - sum(said[word] for word in ORDER[:-1])
    parts, x = [], 0.0
    for word, count in said.items():
        width = _WIDTH * count / people
        parts.append(Part(word, count, round(x, 2), round(width, 2)))
        x += width
    return tuple(parts)
