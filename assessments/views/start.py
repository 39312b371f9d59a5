"""Before an attempt: what it is about, who can see it, and the button that begins it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.attempts import NoAttemptsLeft
from assessments.actions.quiz_attempts import start_quiz
from assessments.actions.scenario_runs import start_run
from assessments.forms.play import StartRunForm
from assessments.queries.brief import ACTIVITY_TO_ATTEMPT, brief_of
from courses.models import Activity, ActivityKind
from courses.queries.content import scenario_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def brief(request: HttpRequest, activity: int) -> HttpResponse:
    """Show what comes, earlier attempts, and how to begin or go on."""
    found = get_object_or_404(ACTIVITY_TO_ATTEMPT, pk=activity)
    return render(request, "assessments/brief.html", {"page": brief_of(found, request.user)})


@require_POST
@requires(Permission.LEARN)
def start(request: HttpRequest, activity: int) -> HttpResponse:
    """Begin an attempt, or join the one that is open."""
    found = get_object_or_404(ACTIVITY_TO_ATTEMPT, pk=activity)
    if found.kind == ActivityKind.QUIZ:
        return _start_quiz(request, found)
    scenario = scenario_of(found.live_revision)
    form = StartRunForm(request.POST, scenario=scenario)
    if form.is_valid():
        mode, card = form.cleaned_data["mode"], form.cleaned_data["card"]
        try:
            attempt = start_run(found, by=request.user, at=now(), mode=mode, card_id=card)
        except NoAttemptsLeft as error:
            form.add_error(None, str(error))
        else:
            return redirect("assessments:play-scenario", attempt.pk)
    page = brief_of(found, request.user)
    return render(request, "assessments/brief.html", {"page": page, "form": form}, status=422)


def _start_quiz(request: HttpRequest, quiz: Activity) -> HttpResponse:
    try:
        attempt = start_quiz(quiz, by=request.user, at=now())
    except Refusal as error:
        messages.warning(request, str(error))
        return redirect("assessments:brief", quiz.pk)
    return redirect("assessments:take-quiz", attempt.pk)
