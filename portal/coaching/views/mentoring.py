"""Mentoring: one's own pairs, whom a lead could pair, and the page of a pair."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.content.skills import Skill
from portal.coaching.actions.mentoring import answer_pair, end_pair, propose_pair, set_goal
from portal.coaching.forms.mentoring import GoalForm, PairForm
from portal.coaching.models import MentoringPair
from portal.coaching.queries.mentoring import (
    pair_page,
    pairs_of,
    pairs_overseen_by,
    proposed_pairs,
)
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_safe
@requires(Permission.LEARN)
def mentoring(request: HttpRequest) -> HttpResponse:
    """Show one's own pairs and, to leads, those of their people and whom they could pair."""
    return _overview(request)


@require_POST
@requires(Permission.LEAD_SESSIONS)
def propose_mentoring(request: HttpRequest) -> HttpResponse:
    """Ask a mentee whether they would like a mentor."""
    form = PairForm(request.POST, viewer=request.user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            propose_pair(**said | {"skill": Skill(said["skill"])}, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            asked = _("%(name)s is asked first. Nobody else hears of it until they say yes.")
            messages.success(request, asked % {"name": said["mentee"].first_name})
            return redirect("coaching:mentoring")
    return _overview(request, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def mentoring_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a pair to one of the two, and take what they do with it."""
    own = MentoringPair.objects.of(request.user).select_related("mentor", "mentee", "proposed_by")
    pair = get_object_or_404(own, pk=pk)
    form = GoalForm(request.POST if "goal" in request.POST else None, initial={"goal": pair.goal})
    status = 200
    if request.method == "POST":
        if "goal" not in request.POST or form.is_valid():
            return _done(request, pair, form)
        status = 422
    context = {"page": pair_page(pair, request.user), "form": form}
    return render(request, "coaching/mentoring_pair.html", context, status=status)


def _done(request: HttpRequest, pair: MentoringPair, form: GoalForm) -> HttpResponse:
    what, who = request.POST.get("what"), {"by": request.user, "at": now()}
    try:
        if "goal" in request.POST:
            set_goal(pair.pk, form.cleaned_data["goal"], **who)
        elif what == "end":
            end_pair(pair.pk, **who)
        else:
            answer_pair(pair.pk, agrees=what == "yes", **who)
        messages.success(request, _("Saved."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:mentoring-pair", pair.pk)


def _overview(
    request: HttpRequest, *, form: PairForm | None = None, status: int = 200
) -> HttpResponse:
    viewer = request.user
    leads = viewer.may(Permission.LEAD_SESSIONS)
    context = {
        "pairs": pairs_of(viewer),
        "is_lead": leads,
        "overseen": pairs_overseen_by(viewer) if leads else [],
        "proposed": proposed_pairs(viewer, now=now()) if leads else [],
        "form": form or PairForm(viewer=viewer),
    }
    return render(request, "coaching/mentoring.html", context, status=status)
