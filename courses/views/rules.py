"""Rules: which there are, why one pauses, stopping one, and passing it on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.actions.rules import pass_on_rule, stop_rule
from courses.models import Assignment
from courses.queries.following import assignments_visible_to
from courses.queries.rules import may_stop, rules_seen_by, takers_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_GET
@requires(Permission.SEE_TEAM)
def rules(request: HttpRequest) -> HttpResponse:
    """Show what goes on by itself, first what pauses and why."""
    return render(request, "courses/rules.html", {"rules": rules_seen_by(request.user)})


@require_POST
@requires(Permission.ASSIGN_LEARNING)
def stop(request: HttpRequest, assignment: int) -> HttpResponse:
    """Stop an assignment that goes on by itself."""
    found = _rule(request, assignment)
    if not may_stop(found, request.user):
        raise Http404
    if stop_rule(found, by=request.user, at=now()):
        messages.success(request, _("Stopped. It reaches nobody any more."))
    return redirect("courses:assignment", found.pk)


@require_POST
@requires(Permission.ASSIGN_LEARNING)
def pass_on(request: HttpRequest, assignment: int) -> HttpResponse:
    """Let a rule go on in the name of another lead."""
    found = _rule(request, assignment)
    takers = {str(lead.pk): lead for lead in takers_of(found, request.user)}
    if not takers:
        raise Http404
    try:
        if not (to := takers.get(request.POST.get("to", ""))):
            messages.warning(request, _("Choose a lead from the list."))
        else:
            pass_on_rule(found, to=to, by=request.user, at=now())
            messages.success(request, _("It goes on in the name of %(name)s.") % {"name": to})
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("courses:assignment", found.pk)


def _rule(request: HttpRequest, pk: int) -> Assignment:
    visible = assignments_visible_to(request.user).select_related("made_by", "passed_to")
    return get_object_or_404(visible, pk=pk)
