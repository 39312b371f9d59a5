"""Template tags that show content."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses.forms.pieces import FieldView
from courses.queries.lesson import BlockView

register = template.Library()


@register.simple_tag
def media_url(media: Mapping[str, str], name: str) -> str:
    """Return the address of a file that a revision shows; `media` maps names to hashes."""
    return reverse("courses:media", kwargs={"sha256": media[name], "name": name})


@register.filter
def rating_of(ratings: Mapping[str, int] | None, option_id: str) -> str:
    """Return the rating given to an option, as it stands in a form; empty where there is none."""
    return str(ratings[option_id]) if ratings and option_id in ratings else ""


@register.filter
def given_for(given: Mapping[str, str] | None, option_id: str) -> str:
    """Return what was given for an option, as it stands in a form; empty where there is nothing."""
    return given.get(option_id, "") if given else ""


@register.simple_tag
def shared_block(view: BlockView) -> SafeString:
    """Show a block that is the same for every reader; it is rendered once a process."""
    return _rendered(_SharedBlock(view))


class _SharedBlock:
    """A block that is the same for every reader, known by its revision, id and language."""

    def __init__(self, view: BlockView) -> None:
        self.view = view
        self.key = (view.revision.content_sha256, view.block.id, get_language())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SharedBlock) and self.key == other.key


@lru_cache(maxsize=2000)
def _rendered(block: _SharedBlock) -> SafeString:
    return render_to_string("courses/components/block.html", {"view": block.view})


@register.simple_tag
def piece_fields(fields: Sequence[FieldView], focus: str = "") -> SafeString:
    """Draw the fields of a piece, rows within rows included; `focus` names what has the focus."""
    context = {"fields": fields, "focus": focus}
    return render_to_string("courses/components/piece_fields.html", context)
