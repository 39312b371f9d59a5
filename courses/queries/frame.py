"""The skill frame in force, parsed once per process and version."""

from functools import lru_cache

from django.conf import settings

from courses.content.skill_frame import SkillFrame, parse_frame, read_frame_file
from courses.models import SkillFrameVersion
from portal.kit.stored_queries import StoredQuery


def current_frame() -> SkillFrame:
    """Return the newest version of the frame; before the first one, the one that ships.

    One small query, and another when a process meets a version for the first time.
    """
    number = _NEWEST.first()
    return frame_of_version(number) if number else _shipped()


def frame_versions() -> list[SkillFrameVersion]:
    """Return all versions, the newest first, without their words."""
    return list(SkillFrameVersion.objects.order_by("-number").defer("content"))


_NEWEST = StoredQuery(
    lambda: SkillFrameVersion.objects.order_by("-number").values_list("number", flat=True)[:1]
)


@lru_cache(maxsize=16)
def frame_of_version(number: int) -> SkillFrame:
    """Return a version of the frame; versions never change."""
    return parse_frame(SkillFrameVersion.objects.get(number=number).content)


@lru_cache(maxsize=1)
def _shipped() -> SkillFrame:
    return parse_frame(read_frame_file(settings.LIBRARY_ROOT))
