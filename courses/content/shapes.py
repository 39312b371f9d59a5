"""What stays the same about a question or a quiz while only its words change."""

from dataclasses import fields
from hashlib import sha256

from courses.content.options import KeyedOption
from courses.content.quiz import Quiz
from courses.content.quiz_items import Item

_NO_KEY = frozenset({"shown", "feedback", "spread", "raters"})


def item_shape(item: Item) -> str:
    """Return the same for an item as long as its type, its options and its key stay as they are."""
    keyed = [one.name for one in fields(KeyedOption) if one.name not in _NO_KEY]
    options = [
        (option.shown.id, *(getattr(option, name) for name in keyed)) for option in item.options
    ]
    patterns = [item.accepted] if item.accepted else []
    return _digest(item.type.value, options, *patterns)


def quiz_shape(quiz: Quiz) -> str:
    """Return the same for a quiz as long as it asks the same items in the same sections."""
    sections = [
        (one.draw, one.difficulty, *map(sorted, (one.tags, one.skills, one.behaviours, one.types)))
        for one in quiz.sections
    ]
    return _digest([(item.id, item_shape(item)) for item in quiz.items], sections)


def _digest(*what: object) -> str:
    return sha256(repr(what).encode()).hexdigest()[:16]
