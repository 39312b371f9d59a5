"""The runs of one person that somebody may look back on."""

from django.db.models import Count, F, Q, QuerySet

from assessments.models import Attempt
from assessments.queries.answers import attempts_visible_to
from courses.models import ActivityKind
from portal.people.models import User

RUNS_SHOWN = 50


def runs_of(person: User, *, viewer: User) -> QuerySet[Attempt]:
    """Return a person's runs that have ended and that `viewer` may see, the latest first.

    `comments_of_others` counts what others than the person wrote on it.
    """
    runs = attempts_visible_to(viewer).filter(
        user=person, activity__kind=ActivityKind.SCENARIO, finished_at__isnull=False
    )
    return with_comments_of_others(runs).order_by("-finished_at", "-pk")


def with_comments_of_others(runs: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Add how many comments others than the person wrote on each run."""
    others = ~Q(comments__author=F("user"))
    return runs.annotate(comments_of_others=Count("comments", filter=others))
