"""Template tags about the patient's state."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from assessments.queries.moods import Mood
from portal.kit.drawing import draw_icon, draw_pips

register = template.Library()


@register.simple_tag
def mood_changes(moods: Iterable[Mood]) -> SafeString:
    """Show in one line how each mood was before a reply and after it."""
    language = get_language()
    return mark_safe("".join(_change(mood, language) for mood in moods))  # noqa: S308  (of parts that are escaped)


@lru_cache(maxsize=512)
def _change(mood: Mood, language: str | None) -> SafeString:
    """Draw one mood; there are few, and each call looks back on dozens."""
    pips = draw_pips(mood.kind, mood.pips) if mood.kind != "understanding" else ""
    if mood.change == "same":
        return format_html("<span>{}{}: {}</span>", pips, mood.label, mood.word)
    return format_html(
        '<span>{}{}: {} {}<span class="visually-hidden">{}</span> {}</span>',
        pips,
        mood.label,
        mood.word_before,
        draw_icon("arrow-right"),
        gettext("then"),
        mood.word,
    )
