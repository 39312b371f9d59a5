"""One piece of evidence, for whom it is about and for who answers for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.queries.evidence_page import evidence_page, evidence_visible_to
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def evidence(request: HttpRequest, evidence: int) -> HttpResponse:
    """Show what a piece of evidence rests on, and how and why it moved the estimate."""
    found = get_object_or_404(evidence_visible_to(request.user), pk=evidence)
    context = {"page": evidence_page(found), "is_own": found.user_id == request.user.pk}
    return render(request, "assessments/evidence.html", context)
