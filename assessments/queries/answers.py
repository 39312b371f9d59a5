"""The answers of an attempt, and whose attempts one may see."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from assessments.models import ENDED, Answer, Attempt, AttemptMode, AttemptState
from courses.content.scenario_graph import Reply
from courses.models import ActivityKind
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by

_CONTENT = (
    "revision__content",
    "revision__media",
    "key_revision__content",
    "key_revision__media",
    "activity__draft",
)


def answers_of(attempt: Attempt) -> list[Answer]:
    """Return what was answered in an attempt so far, in order."""
    return _ANSWERS.all(attempt=attempt.pk)


def latest_responses(attempt: Attempt) -> dict[str, Any]:
    """Return what stands as the answer to each item: the last one given."""
    return dict(_RESPONSES.all(attempt=attempt.pk))


def latest_answers(attempt: Attempt) -> dict[str, Answer]:
    """Return the last answer to each item, as it was kept."""
    return {answer.step_id: answer for answer in attempt.answers.order_by("seq")}


def replies_of(attempt: Attempt) -> list[Reply]:
    """Return the choices made in a run so far with what is known of their time, in order."""
    return replies_in(answer.payload for answer in answers_of(attempt))


def replies_in(payloads: Iterable[Mapping[str, Any]]) -> list[Reply]:
    """Return the choices among recorded answers; typed replies are left out."""
    made = (one for one in payloads if "choice" in one)
    return [Reply(one["choice"], one.get("waited", False)) for one in made]


def own_attempts(user: User) -> QuerySet[Attempt]:
    """Return somebody's own attempts, with what a player needs and without the content."""
    return _with_activity(Attempt.objects.filter(user=user))


def own_attempt(user: User, pk: UUID, kind: ActivityKind) -> Attempt:
    """Return one of `own_attempts`, the quick way.

    Raises:
        Attempt.DoesNotExist: it is somebody else's, of another kind, or there is none.
    """
    found = _OWN_ATTEMPT.get(user=user.pk, pk=pk, kind=kind.value)
    found.user = user
    return found


def attempt_visible_to(viewer: User, pk: UUID, kind: ActivityKind) -> Attempt:
    """Return one of `attempts_visible_to`; quickly for agents, who see nobody else's.

    Raises:
        Attempt.DoesNotExist: the viewer may not see it, or there is none.
    """
    if not viewer.may(Permission.SEE_TEAM):
        return own_attempt(viewer, pk, kind)
    return attempts_visible_to(viewer).get(pk=pk, activity__kind=kind)


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
            state__in=(*ENDED, AttemptState.MARKING),
        )
    return _with_activity(Attempt.objects.filter(visible).select_related("user"))


def _with_activity(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    attempts = attempts.select_related("revision", "key_revision", "activity__module__course")
    return attempts.defer(*_CONTENT)


_ANSWERS = StoredQuery(
    lambda attempt: (
        Answer.objects.filter(attempt=attempt).only("seq", "step_id", "payload").order_by("seq")
    )
)
_RESPONSES = StoredQuery(
    lambda attempt: (
        Answer.objects.filter(attempt=attempt).order_by("seq").values_list("step_id", "payload")
    )
)
_OWN_ATTEMPT = StoredQuery(
    lambda user, pk, kind: _with_activity(
        Attempt.objects.filter(user=user, pk=pk, activity__kind=kind)
    )
)
