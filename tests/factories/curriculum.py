"""The real curriculum, read once: all of it, or the two modules that have everything in them."""

from dataclasses import replace
from functools import cache

from django.conf import settings

from courses.content.library import CourseFiles, read_library
from courses.content.quiz_items import ItemType

# Between them: every type of block and item, every kind of answer, both channels, all media.
SAMPLE_COURSE = "active-listening"
SAMPLE = ("hear-the-whole-story-first", "open-closed-and-when")


@cache
def whole_curriculum() -> tuple[CourseFiles, ...]:
    """Return every course."""
    return read_library(settings.LIBRARY_ROOT)


@cache
def sample_of_curriculum() -> tuple[CourseFiles, ...]:
    """Return the course of the sample, with the sample's modules only.

    What walks through every step in every way takes these, so that it costs the same however
    much is written.
    """
    found = next(course for course in whole_curriculum() if course.slug == SAMPLE_COURSE)
    modules = tuple(module for module in found.modules if module.slug in SAMPLE)
    return (replace(found, modules=modules),)


# Types that came after the first modules were written; the tests of the quiz pages have them all.
LATER_TYPES = frozenset(
    {ItemType.FILL_GAP, ItemType.LONG_TEXT, ItemType.MATCHING, ItemType.RANK_ALL}
)
