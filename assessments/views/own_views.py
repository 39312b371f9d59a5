"""Rating oneself, seeing a skill differently, and the lead's answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.actions.own_views import answer_view, rate_oneself, see_differently
from assessments.forms.own_views import AnswerForm, OtherViewForm, SelfRatingForm
from assessments.models import SkillEvidence
from assessments.queries.own_views import views_for, waiting_views
from assessments.queries.skill_profile import evidence_of
from assessments.views.skill_profile import skill_or_404
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission

VIEWS_SHOWN = 100
_LONGEST_NUMBER = 18


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def rate_myself(request: HttpRequest, skill: str) -> HttpResponse:
    """Ask how somebody rates a skill of their own, and keep it."""
    found = skill_or_404(skill)
    form = SelfRatingForm(_sent(request))
    if form.is_valid():
        rate_oneself(found, form.cleaned_data["rating"], by=request.user, at=now())
        messages.success(request, _("Kept. It stands beside the evidence and moves nothing."))
        return redirect("assessments:my-skill", found)
    return _page(request, "rate_myself", form, skill=found)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def differently(request: HttpRequest, skill: str) -> HttpResponse:
    """Take words on a skill of one's own, or on the piece of its evidence that `evidence` names."""
    found = skill_or_404(skill)
    evidence = _evidence(request, found)
    form = OtherViewForm(_sent(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            see_differently(found, words, evidence=evidence, by=request.user, at=now())
            messages.success(request, _("Your lead has it now, and will answer here."))
            return redirect(reverse("assessments:my-skill", args=[found]) + "#views")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "differently", form, skill=found, evidence=evidence)


@require_GET
@requires(Permission.ANSWER_VIEWS)
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for the viewer's answer."""
    views = waiting_views(request.user)[:VIEWS_SHOWN]
    return render(request, "assessments/waiting_views.html", {"views": views})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANSWER_VIEWS)
def answer(request: HttpRequest, view: int) -> HttpResponse:
    """Show what somebody sees differently, and take the answer."""
    found = get_object_or_404(views_for(request.user), pk=view)
    form = AnswerForm(_sent(request))
    if form.is_valid():
        try:
            answer_view(found, form.cleaned_data["answer"], by=request.user, at=now())
            messages.success(
                request, _("%(name)s can read your answer now.") % {"name": found.user.first_name}
            )
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect("assessments:answer-view", found.pk)
    return _page(request, "answer_view", form, view=found)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _evidence(request: HttpRequest, skill: str) -> SkillEvidence | None:
    """Return the piece of one's own evidence that was asked for, None where it is about all."""
    wanted = request.GET.get("evidence", "")
    if not wanted:
        return None
    if not wanted.isdecimal() or len(wanted) > _LONGEST_NUMBER:
        raise Http404
    return get_object_or_404(evidence_of(request.user).filter(skill=skill), pk=wanted)


def _page(request: HttpRequest, name: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"assessments/{name}.html", {"form": form, **context}, status=status)
