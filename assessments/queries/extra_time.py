"""How much more time somebody has in quizzes."""

from datetime import timedelta

from django.db.models import QuerySet

from assessments.models import ExtraTime
from portal.people.models import User


def extra_percent_of(user: User) -> int:
    """Return what was agreed for somebody, in percent; 0 where nothing was. One query."""
    times = ExtraTime.objects.filter(user=user).order_by("-pk")
    return times.values_list("percent", flat=True).first() or 0


def extra_times_of(person: User) -> QuerySet[ExtraTime]:
    """Return all that was ever agreed for somebody, the latest first."""
    return ExtraTime.objects.filter(user=person).select_related("set_by").order_by("-pk")


def lengthened(minutes: int, percent: int) -> timedelta:
    """Return how long somebody with so much extra time has where others have `minutes`."""
    return timedelta(minutes=minutes) * (100 + percent) / 100
