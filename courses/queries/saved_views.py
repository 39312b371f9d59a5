"""The filters that somebody keeps under a name, and whom they let through."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Lower

from courses.learning_state import LearningState
from courses.models import SavedView
from courses.queries.overseen import overseen_by
from courses.queries.team import TeamFilter, filtered
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User


def saved_views_of(viewer: User) -> list[SavedView]:
    """Return what somebody keeps, by name."""
    return _VIEWS.all(owner=viewer.pk)


def filter_of(view: SavedView) -> TeamFilter:
    """Return the filter that was kept."""
    state = LearningState(view.state) if view.state else None
    return TeamFilter(view.text, view.team, state, view.tag)


def shown_view(views: list[SavedView], wanted: TeamFilter) -> SavedView | None:
    """Return the saved view that a list shows as it is filtered now."""
    team = wanted.team.pk if wanted.team else None
    now = (wanted.text, team, wanted.state or "", wanted.tag)
    return next((one for one in views if (one.text, one.team_id, one.state, one.tag) == now), None)


def people_in(view: SavedView, *, lead: User, now: datetime) -> QuerySet[User]:
    """Return those of a lead's people whom a saved view lets through now."""
    people, _ = filtered(overseen_by(lead), filter_of(view), now)
    return people


_VIEWS = StoredQuery(
    lambda owner: SavedView.objects.kept().filter(owner=owner).order_by(Lower("name"), "pk")
)
