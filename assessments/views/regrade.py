"""After a wrong key: who changes and how, and then doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.regrading import begin_regrading, regrade_attempts
from assessments.queries.regrading import named_to, regrade_preview, wrong_key_revision
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def regrade(request: HttpRequest, activity: int, number: int) -> HttpResponse:
    """Show what another key makes of results; a POST works out the first of them at once."""
    revision = get_object_or_404(wrong_key_revision(activity, number))
    if request.method == "POST":
        regrading = begin_regrading(revision, by=request.user, at=now())
        regrade_attempts(regrading, at=now())
        messages.success(request, _("Done, or under way where there are many."))
        return redirect("assessments:regrade", activity, number)
    page = regrade_preview(revision)
    context = {"page": page, "named": named_to(request.user, page)}
    return render(request, "assessments/regrade.html", context)
