"""Going back to a moment of a finished call, and taking up a call that was set aside."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.rewinding import AnotherRunIsOpen, NoSuchMoment, rewind_run, take_up_run
from assessments.models import Attempt
from assessments.queries.answers import own_attempts
from courses.models import ActivityKind
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def rewind(request: HttpRequest, attempt: UUID, kept: int) -> HttpResponse:
    """Go back to the moment after `kept` choices; ask first what becomes of a run still open."""
    runs = own_attempts(request.user).filter(activity__kind=ActivityKind.SCENARIO)
    found = get_object_or_404(runs.filter(finished_at__isnull=False), pk=attempt)
    if request.method == "POST":
        sets_aside = "set_aside" in request.POST
        try:
            branch = rewind_run(
                found.pk, kept=kept, by=request.user, at=now(), sets_aside=sets_aside
            )
        except NoSuchMoment:
            raise Http404 from None
        except AnotherRunIsOpen:
            return redirect("assessments:rewind", found.pk, kept)
        return redirect("assessments:play-scenario", branch.pk)
    open_run = runs.open().filter(activity=found.activity_id).first()
    context = {"attempt": found, "kept": kept, "number": kept + 1, "open_run": open_run}
    return render(request, "assessments/rewind.html", context)


@require_POST
@requires(Permission.LEARN)
def take_up(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Go on with a call that was set aside."""
    try:
        found = take_up_run(attempt, by=request.user, at=now())
    except Attempt.DoesNotExist:
        raise Http404 from None
    except AnotherRunIsOpen as error:
        messages.warning(request, str(error))
        found = get_object_or_404(own_attempts(request.user), pk=attempt)
        return redirect("assessments:brief", found.activity_id)
    return redirect("assessments:play-scenario", found.pk)
