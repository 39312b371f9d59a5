"""Sharing a run and taking it back, the reflection on it, and the list of a person's runs."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.sharing import keep_reflection, share_run, take_back_run
from assessments.forms.debrief import ReflectionForm
from assessments.models import Attempt
from assessments.queries.runs import RUNS_SHOWN, runs_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.kit.requests import is_fetched
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by


@require_POST
@requires(Permission.LEARN)
def share(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Let one's lead see a practice run."""
    return _change(request, attempt, share_run, _("Your team lead can see this run now."))


@require_POST
@requires(Permission.LEARN)
def take_back(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Make a shared run private again."""
    return _change(request, attempt, take_back_run, _("Only you can see this run now."))


@require_POST
@requires(Permission.LEARN)
def reflect(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Keep what somebody thinks about their run."""
    form = ReflectionForm(request.POST)
    if not form.is_valid():
        too_long = _("This is longer than 2,000 characters. Shorten it, and it is kept.")
        return HttpResponse(too_long, status=409, content_type="text/plain; charset=utf-8")
    try:
        keep_reflection(attempt, words=form.cleaned_data["text"], by=request.user)
    except Attempt.DoesNotExist:
        raise Http404 from None
    if is_fetched(request):
        return HttpResponse(status=204)
    return redirect("assessments:debrief", attempt)


@require_GET
@requires(Permission.LEARN)
def runs(request: HttpRequest, person: int) -> HttpResponse:
    """List the runs of a person that one may look back on: one's own, or of people one oversees."""
    if person == request.user.pk:
        found = request.user
    else:
        found = get_object_or_404(people_overseen_by(request.user), pk=person)
    shown = runs_of(found, viewer=request.user)[:RUNS_SHOWN]
    return render(request, "assessments/runs.html", {"person": found, "runs": shown})


def _change(
    request: HttpRequest, attempt: UUID, change: Callable[..., Attempt], done: str
) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        change(attempt, by=request.user, at=now())
    except Attempt.DoesNotExist:
        raise Http404 from None
    except Refusal as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect("assessments:debrief", attempt)
