"""The coaching guides, in the reader's language where somebody translated them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

from courses.content.skills import Skill
from portal.coaching.coaching_guide import CoachingGuide, parse_guide

GUIDES_ROOT = Path(__file__).resolve().parents[1] / "guides"
WRITTEN_IN = "en"


def guide_for(skill: Skill) -> CoachingGuide:
    """Return the guide of a skill; in English where there is none in the reader's language."""
    language = get_language() or WRITTEN_IN
    ways = (language, language.partition("-")[0], WRITTEN_IN)
    path = next(found for way in ways if (found := GUIDES_ROOT / way / f"{skill}.yaml").is_file())
    return _read(path)


def guides_for(skills: Iterable[str]) -> tuple[CoachingGuide, ...]:
    """Return the guides of some skills, each once, in the order of every screen."""
    wanted = set(skills)
    return tuple(guide_for(skill) for skill in Skill if skill in wanted)


@lru_cache(maxsize=64)
def _read(path: Path) -> CoachingGuide:
    return parse_guide(yaml.safe_load(path.read_text(encoding="utf-8")))
