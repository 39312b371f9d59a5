"""What a page says of an estimate, worked out by the database: to find people, and to count them.

The rules are those of `assessments.skill_estimate`; a test holds the two against each other.
"""

import json
import re
from datetime import date
from statistics import NormalDist
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from assessments.skill_estimate import (
    FADE_PER_DAY,
    GAP_UP_TO,
    HALF_WIDTH,
    MAX_WIDTH,
    MIN_EVENTS,
    MIN_SOURCES,
    STRENGTH_FROM,
    Word,
)
from courses.content.skill_frame import SkillFrame
from courses.content.skills import Skill
from courses.queries.frame import current_frame
from portal.people.models import User
from portal.people.permissions import Role

# Of an estimate `e` and a person `u`; every value comes from `word_params`.
WORD_SQL = """
(SELECT CASE
    WHEN e.events < %(events)s OR cardinality(e.sources) < %(sources)s
      OR least(1, e.mean + %(half)s * sd) - greatest(0, e.mean - %(half)s * sd) > %(width)s
      THEN 'not_enough'
    WHEN e.mean - level >= %(strength)s * sd THEN 'likely_strength'
    WHEN e.mean - level <= %(gap)s * sd THEN 'likely_gap'
    ELSE 'cannot_tell'
  END
  FROM (SELECT sqrt(e.variance + %(fade)s * greatest(0, %(today)s::date - e.on)) AS sd,
               (%(levels)s::jsonb -> e.skill ->>
                CASE WHEN %(lead)s = ANY(u.roles) THEN 1 ELSE 0 END)::float AS level) AS now)
"""
_NORMAL = NormalDist()
_OF_PRACTICE = f"""
SELECT e.user_id FROM assessments_skillestimate e JOIN people_user u ON u.id = e.user_id
WHERE e.kind = 'practice' AND e.skill = %(skill)s AND {WORD_SQL} = ANY(%(words)s)
"""  # noqa: S608  (constants of this module)
_NAMED = re.compile(r"%\((\w+)\)s")


def with_word(people: QuerySet[User], skill: Skill, word: Word, today: date) -> QuerySet[User]:
    """Keep the people of whom practice says this word in this skill; costs one query for the frame.

    Who has no evidence at all has not enough of it.
    """
    if word is Word.TOO_LITTLE:
        enough = [str(one) for one in Word if one is not word]
        return people.exclude(pk__in=_of_practice(skill, enough, today))
    return people.filter(pk__in=_of_practice(skill, [str(word)], today))


def word_params(frame: SkillFrame, today: date) -> dict[str, Any]:
    """Return the values of `WORD_SQL`: the rules, the day, and the levels expected by skill."""
    levels = {one.skill: [one.expected.agent, one.expected.lead] for one in frame.skills}
    return {
        "events": MIN_EVENTS,
        "sources": MIN_SOURCES,
        "half": HALF_WIDTH,
        "width": MAX_WIDTH,
        "strength": _NORMAL.inv_cdf(STRENGTH_FROM),
        "gap": _NORMAL.inv_cdf(GAP_UP_TO),
        "fade": FADE_PER_DAY,
        "today": today,
        "levels": json.dumps(levels),
        "lead": Role.LEAD,
    }


def _of_practice(skill: Skill, words: list[str], today: date) -> RawSQL:
    values = word_params(current_frame(), today) | {"skill": skill, "words": words}
    order = _NAMED.findall(_OF_PRACTICE)
    sql = _NAMED.sub("%s", _OF_PRACTICE)
    return RawSQL(sql, [values[name] for name in order])  # noqa: S611  (a constant; values apart)
