"""From a gap to a programme: what is proposed, edited and given on one page."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.content.programme import Programme
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.programmes.actions.giving import give_tailored
from portal.programmes.forms.plan import MINUTES, PlanForm, minutes_wanted
from portal.programmes.planner import Proposal
from portal.programmes.proposal_words import in_words, summary_of, title_of
from portal.programmes.queries.planning import Plan, plan_for
from portal.programmes.queries.preview import preview_of
from portal.programmes.views.team import said_given


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def plan(request: HttpRequest) -> HttpResponse:
    """Show what is proposed for some people, and give them what the lead keeps of it."""
    at = now()
    values = request.POST if request.method == "POST" else request.GET
    ids = {int(one) for one in values.getlist("person") if one.isdecimal()}
    minutes = minutes_wanted(values.get("minutes", ""))
    found = plan_for(request.user, ids, minutes_per_week=minutes, now=at)
    proposal = in_words(found.proposal)
    if request.method == "POST" and "replan" not in request.POST:
        form = PlanForm(request.POST, proposal=proposal)
    else:
        form = PlanForm(initial={"title": title_of(found)}, proposal=proposal)
    if form.is_valid() and found.people:
        try:
            return _give(request, found, proposal, form, at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "plan": found,
        "form": form,
        "minutes": minutes,
        "minutes_choices": MINUTES,
        "preview": preview_of(Programme("", "", proposal.days, minutes, proposal.steps)),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/plan.html", context, status=status)


def _give(
    request: HttpRequest, found: Plan, proposal: Proposal, form: PlanForm, at: datetime
) -> HttpResponse:
    cleaned = form.cleaned_data
    programme = proposal.as_programme(cleaned["title"], summary_of(found), cleaned["step"])
    people = {one.person.pk: one.reasons for one in found.people}
    note = cleaned["note"]
    given = give_tailored(programme, people, by=request.user, at=at, note=note, reasons=people)
    messages.success(request, said_given(len(given)))
    return redirect("programmes:team-programmes")
