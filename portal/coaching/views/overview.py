"""For admins: that sessions take place, and how they go; never what was said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.coaching.queries.follow_up import latest_sessions, numbers_by_lead
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.models import User
from portal.people.permissions import Permission


@require_safe
@requires(Permission.OVERSEE_SESSIONS)
def overview(request: HttpRequest) -> HttpResponse:
    """Show each lead's numbers and the latest sessions, or those of one lead (`?lead=`)."""
    wanted = request.GET.get("lead", "")
    lead = get_object_or_404(User, pk=wanted) if wanted.isdecimal() else None
    context = {
        "leads": numbers_by_lead(request.user, now=now()),
        "sessions": latest_sessions(request.user, lead),
        "lead": lead,
    }
    return render(request, "coaching/overview.html", context)
