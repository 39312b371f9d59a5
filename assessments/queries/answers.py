"""The answers of an attempt, and whose attempts one may see."""

from typing import Any

from django.db.models import Q, QuerySet

from assessments.models import Attempt, AttemptMode, AttemptState
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by


def latest_responses(attempt: Attempt) -> dict[str, Any]:
    """Return what stands as the answer to each item: the last one given."""
    answers = attempt.answers.order_by("seq").values_list("step_id", "payload")
    return dict(answers)


def choices_of(attempt: Attempt) -> list[str]:
    """Return the choices made in a run so far, in order; typed replies are left out."""
    payloads = attempt.answers.order_by("seq").values_list("payload", flat=True)
    return [payload["choice"] for payload in payloads if "choice" in payload]


def own_attempts(user: User) -> QuerySet[Attempt]:
    """Return somebody's own attempts, with what a player needs and without the content."""
    attempts = Attempt.objects.filter(user=user)
    attempts = attempts.select_related("revision", "activity__module__course")
    return attempts.defer("revision__content", "revision__media", "activity__draft")


def attempts_visible_to(viewer: User) -> QuerySet[Attempt]:
    """Return one's own attempts and, for those who oversee people, their assessed ones.

    Practice stays with the person who practiced unless they share it; runs still open are nobody
    else's business.
    """
    visible = Q(user=viewer)
    if viewer.may(Permission.SEE_TEAM):
        visible |= Q(
            Q(mode=AttemptMode.ASSESSED) | Q(shared_at__isnull=False),
            user__in=people_overseen_by(viewer),
            state__in=(AttemptState.FINISHED, AttemptState.EXPIRED),
        )
    attempts = Attempt.objects.filter(visible)
    attempts = attempts.select_related("user", "revision", "activity__module__course")
    return attempts.defer("revision__content", "revision__media", "activity__draft")
