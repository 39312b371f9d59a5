"""Template tags that show how somebody stands with their learning."""

from datetime import time

from django import template
from django.utils.dateformat import time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.learning_state import LearningState
from courses.mail_words import zone_in_words
from portal.kit.drawing import draw_icon

register = template.Library()

# How pressing a state is, as a kind of status, and its icon.
_LOOKS = {
    LearningState.NOT_STARTED: ("", "circle"),
    LearningState.IN_PROGRESS: ("info", "hourglass-split"),
    LearningState.DUE_SOON: ("warn", "clock-fill"),
    LearningState.OVERDUE: ("danger", "exclamation-circle-fill"),
    LearningState.FINISHED: ("ok", "check-circle-fill"),
    LearningState.WITHDRAWN: ("", "dash"),
}


@register.simple_tag
def state_status(state: LearningState) -> SafeString:
    """Show a state in its one word, with an icon and a color for how pressing it is."""
    kind, icon = _LOOKS[state]
    look = f"status status-{kind}" if kind else "status"
    return format_html('<span class="{}">{}{}</span>', look, draw_icon(icon), state.label)


@register.filter
def zone_words(zone: str) -> str:
    """Return how people call the time of an IANA zone, for instance "New York time"."""
    return zone_in_words(zone)


@register.filter
def clock_words(clock: time) -> str:
    """Return a time of day as "9 am" or "7:30 am"."""
    return time_format(clock, "g:i A" if clock.minute else "g A").lower()
