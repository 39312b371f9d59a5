"""Playing a scenario: the call itself, one reply at a time."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.hints import NoHintHere, take_hint
from assessments.actions.scenario_runs import answer_moment, keep_typed_reply
from assessments.forms.play import MomentForm
from assessments.models import Attempt
from assessments.queries.answers import attempt_visible_to, own_attempt
from assessments.queries.debrief import debrief_of
from assessments.queries.other_patient import other_patient_in
from assessments.queries.scenario_page import scenario_page
from assessments.views.answering import go_to, refused
from courses.models import ActivityKind
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.kit.requests import is_fetched
from portal.people.actions.profile import let_callers_wait
from portal.people.models.user import CallersWait
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def play_scenario(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Show the call where it stands, or its debrief once it has ended."""
    found = _own_call(request, attempt)
    if not found.is_open:
        return _back_from(found)
    return render(request, "assessments/play_scenario.html", {"page": scenario_page(found)})


@require_POST
@requires(Permission.LEARN)
def answer_scenario(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Take one reply and show what the patient says to it."""
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _unusable(request, attempt, form)
    sent = form.cleaned_data
    who = {"by": request.user, "at": now(), "seq": sent["seq"], "moment": sent["moment"]}
    try:
        if sent["choice"]:
            moved = answer_moment(attempt, choice=sent["choice"], waited=sent["waited"], **who)
        else:
            moved = keep_typed_reply(attempt, text=sent["text"], **who)
    except Attempt.DoesNotExist:
        raise Http404 from None
    except Refusal as error:
        return refused(request, error, back="assessments:play-scenario", attempt=attempt)
    if not moved.is_open:
        return go_to(request, reverse("assessments:debrief", args=[moved.pk]))
    if not is_fetched(request):
        return redirect("assessments:play-scenario", moved.pk)
    return render(request, "assessments/components/call.html", {"page": scenario_page(moved)})


@require_POST
@requires(Permission.LEARN)
def hint(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Show the hint of the moment, and what it cost; what is typed already stays in the box."""
    try:
        found = take_hint(attempt, moment=request.POST.get("moment", "")[:64], by=request.user)
    except Attempt.DoesNotExist:
        raise Http404 from None
    except NoHintHere as error:
        return refused(request, error, back="assessments:play-scenario", attempt=attempt)
    if not is_fetched(request) and not request.POST.get("text"):
        return redirect("assessments:play-scenario", found.pk)
    context = {"page": scenario_page(found), "typing": request.POST.get("text", ""), "hinted": True}
    name = "components/call.html" if is_fetched(request) else "play_scenario.html"
    return render(request, f"assessments/{name}", context)


@require_POST
@requires(Permission.LEARN)
def no_limit(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Let callers wait for as long as it takes, from now on and in every call."""
    found = _own_call(request, attempt)
    let_callers_wait(request.user, CallersWait.UNLIMITED)
    if not found.is_open:
        return _back_from(found)
    if not is_fetched(request):
        return redirect("assessments:play-scenario", found.pk)
    context = {"page": scenario_page(found), "unhurried": True}
    return render(request, "assessments/components/call.html", context)


@require_GET
@requires(Permission.LEARN)
def debrief(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Look back on a finished run: one's own, or an assessed one of somebody one oversees."""
    try:
        found = attempt_visible_to(request.user, attempt, ActivityKind.SCENARIO)
    except Attempt.DoesNotExist:
        raise Http404 from None
    if found.is_open:
        return redirect("assessments:play-scenario", found.pk)
    if not found.has_ended:
        return redirect("assessments:brief", found.activity_id)
    page = debrief_of(found)
    context = {
        "page": page,
        "is_own": found.user_id == request.user.pk,
        "other": other_patient_in(page, request.user),
    }
    return render(request, "assessments/debrief.html", context)


def _own_call(request: HttpRequest, attempt: UUID) -> Attempt:
    try:
        return own_attempt(request.user, attempt, ActivityKind.SCENARIO)
    except Attempt.DoesNotExist:
        raise Http404 from None


def _back_from(attempt: Attempt) -> HttpResponse:
    """Lead on from a call that takes no answers: to its debrief, or to where it can be taken up."""
    if attempt.has_ended:
        return redirect("assessments:debrief", attempt.pk)
    return redirect("assessments:brief", attempt.activity_id)


def _unusable(request: HttpRequest, attempt: UUID, form: MomentForm) -> HttpResponse:
    """Show the call again with what is wrong beside the field and what was typed still there."""
    found = _own_call(request, attempt)
    if not found.is_open:
        return go_to(request, reverse("assessments:debrief", args=[found.pk]))
    context = {"page": scenario_page(found), "form": form}
    name = "components/call.html" if is_fetched(request) else "play_scenario.html"
    return render(request, f"assessments/{name}", context, status=422)
