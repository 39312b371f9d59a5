"""Template tags of the design: icons, skills, charts of one value, form inputs and wording."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.kit import wording
from portal.kit.clock import now
from portal.kit.drawing import (
    RINGS,
    draw_confidence,
    draw_icon,
    draw_interval,
    draw_pips,
    draw_ring,
    draw_ripples,
)

register = template.Library()

# Icon and name, in the order of the design; the keys are also the `data-skill` of a page.
SKILLS = {
    "listening": ("ear", _("Active Listening")),
    "communication": ("chat-quote", _("Effective Communication")),
    "empathy": ("heart", _("Empathy")),
    "problem": ("puzzle", _("Problem-Solving")),
    "eq": ("compass", _("Emotional Intelligence")),
}
# What stands for no skill of its own.
ALL_SKILLS = ("sliders", _("All five skills"))
THEMES = ("auto", "light", "dark")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; the words next to it carry the meaning. Size: "" or "lg"."""
    return draw_icon(str(name), size)


@register.simple_tag
def skill_chip(skill: str) -> SafeString:
    """Draw a skill as a chip: icon, name and hue; "" is all five."""
    return _chip(skill, get_language())


@register.simple_tag
def skill_glyph(skill: str, size: str = "") -> SafeString:
    """Draw a skill's icon in its hue; its name must stand next to it. Size: "" or "sm"."""
    return _glyph(skill, size)


@register.filter
def skill_name(skill: str) -> str:
    """Return the name of a skill; "" is all five."""
    return _name(skill, get_language())


def _look_of(skill: str) -> tuple[str, Any]:
    return SKILLS[skill] if skill else ALL_SKILLS


# Pages show the same five again and again, so each is drawn once for a language.


@lru_cache(maxsize=256)
def _chip(skill: str, language: str | None) -> SafeString:
    symbol, name = _look_of(skill)
    html = '<span class="skill" data-skill="{}">{}{}</span>'
    return format_html(html, skill, draw_icon(symbol), name)


@lru_cache(maxsize=256)
def _glyph(skill: str, size: str) -> SafeString:
    look = f"glyph glyph-{size}" if size else "glyph"
    html = '<span class="{}" data-skill="{}">{}</span>'
    return format_html(html, look, skill, draw_icon(_look_of(skill)[0]))


@lru_cache(maxsize=256)
def _name(skill: str, language: str | None) -> str:
    return str(_look_of(skill)[1])


@register.simple_tag
def ripples(rings: int = RINGS) -> SafeString:
    """Draw the motif, two people coming into tune; at most once on a screen."""
    return draw_ripples(rings)


@register.simple_tag
def pips(kind: str, value: int) -> SafeString:
    """Draw `value` (0 to 5) of "trust" or "distress"; the word for it must stand beside."""
    return draw_pips(kind, value)


@register.simple_tag
def ring(percent: int, text: str = "", label: str = "", size: str = "") -> SafeString:
    """Draw a ring filled to `percent`. Size: "" or "lg"."""
    return draw_ring(percent, text=text, label=label, size=size)


@register.simple_tag
def interval(low: int, mean: int, high: int, target: int) -> SafeString:
    """Draw an estimate with its likely range and a target, in percent of the scale."""
    return draw_interval(low, mean, high, target)


@register.simple_tag
def confidence(dots: int) -> SafeString:
    """Draw how sure we are, 1 to 3; words must say the same."""
    return draw_confidence(dots)


@register.simple_tag
def due_status(due_on: date, today: date) -> SafeString:
    """Show when something is due, with an icon and a color for how pressing that is."""
    words = wording.due_words(due_on, today)
    look = f"status status-{words.kind}" if words.kind else "status"
    return format_html('<span class="{}">{}{}</span>', look, draw_icon(words.icon), words.text)


@register.simple_tag
def greeting(name: str, at: datetime | None = None) -> str:
    """Greet somebody by the hour of the active time zone, which is now unless `at` is given."""
    return wording.greeting(name, timezone.localtime(at or now()).hour)


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """Return the reader's theme for `data-bs-theme`: their own, or the cookie's when signed out."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return str(user.theme)
    chosen = request.COOKIES.get("theme") if request is not None else None
    return chosen if chosen in THEMES else THEMES[0]


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Render the input of a form field in our look; Django adds the ARIA attributes.

    Its label stands above it, so it has no placeholder: that would vanish when one types.
    """
    given = field.field.widget.attrs.get("class")
    looks = (_look(field), "is-invalid" if field.errors else None, given)
    look = " ".join(filter(None, looks))
    return field.as_widget(attrs={"class": look, "placeholder": False})


@register.simple_tag
def option_input(option: BoundWidget) -> SafeString:
    """Render one radio button or checkbox of a list in our look."""
    option.data["attrs"]["class"] = "form-check-input"
    return option.tag()


@register.filter
def field_kind(field: BoundField) -> str:
    """Return how a field is laid out: "options" (a list), "check" (one box) or "input"."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return "options"
    return "check" if isinstance(field.field.widget, CheckboxInput) else "input"


@register.filter
def weekday_date(day: date) -> str:
    """Return "Friday 27 November"."""
    return wording.weekday_date(day)


@register.filter
def dated(at: datetime) -> str:
    """Return the day of a moment in the reader's active time zone, such as "Fri 27 Nov 2026"."""
    return wording.dated(timezone.localdate(at))


@register.filter
def short_date(at: date) -> str:
    """Return a day, or that of a moment in the reader's active time zone: "27 Nov 2026"."""
    return wording.short_date(timezone.localdate(at) if isinstance(at, datetime) else at)


@register.filter
def when(at: datetime) -> str:
    """Return weekday, date, time and zone in the reader's active time zone."""
    return wording.moment(at)


@register.simple_tag
def time_span(start: datetime, end: datetime) -> str:
    """Return "Wednesday 25 November, 2:30–3:00 pm EST" in the reader's active time zone."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    span = wording.clock_span(first, last)
    return f"{wording.weekday_date(first.date())}, {span} {wording.zone_name(first)}"


@register.filter
def date_in_zone(at: datetime) -> date:
    """Return the day that a moment falls on in the reader's active time zone."""
    return timezone.localdate(at)


@register.filter
def due_label(due_on: date, today: date) -> str:
    """Return when something is due, in words, for instance "Due tomorrow"."""
    return wording.due_words(due_on, today).text


@register.filter
def duration_minutes(minutes: int) -> str:
    """Return a number of minutes as hours and minutes."""
    return wording.duration(minutes)


@register.filter
def initials(name: str) -> str:
    """Return the letters of a person's avatar."""
    return wording.initials(str(name))


def _look(field: BoundField) -> str:
    if isinstance(field.field.widget, Select):
        return "form-select"
    return "form-check-input" if field_kind(field) == "check" else "form-control"
