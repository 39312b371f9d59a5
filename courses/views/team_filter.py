"""The filter above every list of a lead's people, with the views that were saved of it."""

from typing import Any

from django.http import HttpRequest

from courses.forms.team import wanted_in
from courses.learning_state import LearningState
from courses.queries.saved_views import saved_views_of, shown_view
from courses.queries.team import TeamFilter
from portal.people.models import Team
from portal.people.queries.tags import tags_in_use


def filter_bar(request: HttpRequest, teams: list[Team]) -> dict[str, Any]:
    """Return what the filter shows, `wanted` (a TeamFilter) among it, by the names in its template.

    Of `teams`, those to choose from, nothing is shown where there is one only.
    """
    viewer = request.user
    wanted, views = wanted_in(request.GET, viewer), saved_views_of(viewer)
    return {
        "wanted": wanted,
        "is_narrowed": wanted != TeamFilter(),
        "teams": teams if len(teams) > 1 else [],
        "tags": tags_in_use(viewer),
        "views": views,
        "shown_view": shown_view(views, wanted),
        "states": LearningState,
    }
