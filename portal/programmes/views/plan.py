"""From a gap to a programme: what is proposed, edited and given on one page."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.programmes import publish_programme
from courses.content.programme import Programme, Step, StepKind, as_raw
from courses.models.course import SKILL_NAMES
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.programmes.actions.giving import give_programme
from portal.programmes.forms.plan import MINUTES, PlanForm, minutes_wanted
from portal.programmes.planner import SESSION, Proposal
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
    proposal = _in_words(found.proposal)
    if request.method == "POST" and "replan" not in request.POST:
        form = PlanForm(request.POST, proposal=proposal)
    else:
        form = PlanForm(initial={"title": _title(found)}, proposal=proposal)
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
    programme = proposal.as_programme(cleaned["title"], _summary(found), cleaned["step"])
    slug = f"tailored-{uuid4().hex[:16]}"
    by = request.user
    version = publish_programme(slug, as_raw(programme), by=by, at=at, is_tailored=True)
    people = {one.person.pk: one.reasons for one in found.people}
    note = cleaned["note"]
    given = give_programme(version, people, by=by, at=at, note=note, reasons=people)
    messages.success(request, said_given(len(given)))
    return redirect("programmes:team-programmes")


def _in_words(proposal: Proposal) -> Proposal:
    """Return the proposal with the reason of each step in words, and what the session is about."""
    return replace(proposal, steps=tuple(_step_in_words(one, proposal) for one in proposal.steps))


def _step_in_words(step: Step, proposal: Proposal) -> Step:
    if step.id == SESSION:
        title = _("Look at the evidence together, and agree what comes next")
        return replace(step, title=title, milestone=_("Talked through"))
    is_training = step.why in {gap.skill for gap in proposal.gaps}
    skill = next((str(name) for key, name in SKILL_NAMES.items() if key == step.why), "")
    if step.kind is StepKind.SCENARIO and not is_training:
        words = _("Evidence to gather: an assessed run tells more about %(skill)s.")
    elif step.kind is StepKind.SCENARIO:
        words = _("%(skill)s in practice, with a patient not met yet.")
    elif step.kind is StepKind.REFRESHER:
        return replace(step, title=_("Five minutes of cards"), why=_("So that it stays."))
    else:
        words = _("It teaches what was seen least of %(skill)s.")
    return replace(step, why=words % {"skill": skill})


def _title(found: Plan) -> str:
    names = [str(SKILL_NAMES[one.skill]) for one in found.proposal.gaps[:2]]
    if not names:
        return _("A closer look")
    return _("Next steps: %(skills)s") % {"skills": ", ".join(names)}


def _summary(found: Plan) -> str:
    if found.has_gap:
        return _("Put together from what the evidence shows, within the time there is each week.")
    return _("A few calls that would show more, before anything can be said.")
