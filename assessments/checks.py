"""A check at start-up: another coach of typed replies can be loaded, if one is named."""

from typing import Any

from django.core.checks import Error, register

from assessments.queries.coach import coach_in_use


@register()
def the_named_coach_is_one(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Find a coach that is named in REPLY_COACH and cannot coach."""
    try:
        coach = coach_in_use()
        is_one = isinstance(coach.stays_here, bool) and callable(coach.observe)
    except (ImportError, AttributeError, TypeError):
        is_one = False
    if is_one:
        return []
    return [
        Error(
            "REPLY_COACH names no coach of typed replies.",
            hint="See ReplyCoach in courses/content/reply_coach.py; leave it out to use the rules.",
            id="assessments.E001",
        )
    ]
