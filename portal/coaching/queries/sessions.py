"""Whose sessions one may see, and the lists of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from portal.coaching.models import ActionItem, FeedbackSession, SessionState
from portal.coaching.models.session import FeedbackSessionQuerySet
from portal.people.models import User

_PAST_SHOWN = 20


def sessions_visible_to(viewer: User) -> FeedbackSessionQuerySet:
    """Return the sessions that somebody takes part in. Nobody else sees one, an admin included."""
    return FeedbackSession.objects.of(viewer)


@dataclass(frozen=True)
class SessionLists:
    """One's own sessions: what waits for an answer, what is to come, and what was."""

    asked: list[FeedbackSession]
    coming: list[FeedbackSession]
    past: list[FeedbackSession]
    actions: list[ActionItem]


def session_lists(viewer: User, *, now: datetime) -> SessionLists:
    """Return somebody's sessions and what they still have to do from them."""
    own = sessions_visible_to(viewer).select_related("lead", "agent")
    is_coming = Q(state=SessionState.PLANNED)
    is_past = ~Q(state__in=[SessionState.PLANNED, SessionState.ASKED])
    return SessionLists(
        asked=list(own.filter(state=SessionState.ASKED).order_by("asked_at")),
        coming=list(own.filter(is_coming).order_by("starts_at")),
        past=list(own.filter(is_past).order_by("-starts_at", "-pk")[:_PAST_SHOWN]),
        actions=list(
            ActionItem.objects.open().filter(owner=viewer).select_related("session__lead")
        ),
    )
