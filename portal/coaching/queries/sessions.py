"""Whose sessions one may see, and the lists of them."""

from dataclasses import dataclass

from portal.coaching.models import ActionItem, FeedbackSession, SessionState
from portal.coaching.models.session import FeedbackSessionQuerySet
from portal.kit.stored_queries import StoredQuery
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


def session_lists(viewer: User) -> SessionLists:
    """Return somebody's sessions and what they still have to do from them, in four queries."""
    return SessionLists(
        asked=_ASKED.all(viewer=viewer.pk),
        coming=_COMING.all(viewer=viewer.pk),
        past=_PAST.all(viewer=viewer.pk),
        actions=_ACTIONS.all(viewer=viewer.pk),
    )


def _own(viewer: int) -> FeedbackSessionQuerySet:
    """Return the sessions of somebody, with what a row of a list needs."""
    own = FeedbackSession.objects.of(viewer)
    return own.select_related("lead", "agent").only(*_OF_A_ROW)


_OF_A_ROW = (
    *("state", "starts_at", "ends_at", "place", "asked_at", "answer"),
    *("lead__name", "agent__name"),
)
_ASKED = StoredQuery(
    lambda viewer: _own(viewer).filter(state=SessionState.ASKED).order_by("asked_at")
)
_COMING = StoredQuery(
    lambda viewer: _own(viewer).filter(state=SessionState.PLANNED).order_by("starts_at")
)
_PAST = StoredQuery(
    lambda viewer: (
        _own(viewer)
        .exclude(state__in=[SessionState.PLANNED, SessionState.ASKED])
        .order_by("-starts_at", "-pk")[:_PAST_SHOWN]
    )
)
_ACTIONS = StoredQuery(lambda viewer: ActionItem.objects.open().filter(owner=viewer))
