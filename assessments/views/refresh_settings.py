"""Pausing refresher cards, and bringing back those that were put away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.refreshing import end_pause as end
from assessments.actions.refreshing import pause_refreshers
from assessments.forms.refresh import PauseForm
from assessments.queries.refreshers import paused_until, retired_cards
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.people.permissions import Permission

CARDS_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def refresh_settings(request: HttpRequest) -> HttpResponse:
    """Show whether cards are paused and which are put away; pause them until a day."""
    at = now()
    today = local_date(at, request.user.time_zone)
    sent = request.POST if request.method == "POST" else None
    form = PauseForm(sent, today=today)
    if form.is_valid():
        pause_refreshers(form.cleaned_data["until"], by=request.user, at=at)
        messages.success(request, _("Paused. Nothing piles up until then."))
        return redirect("assessments:refresh-settings")
    context = {
        "form": form,
        "paused_until": paused_until(request.user, now=at),
        "retired": retired_cards(request.user)[:CARDS_SHOWN],
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/refresh_settings.html", context, status=status)


@require_POST
@requires(Permission.LEARN)
def end_pause(request: HttpRequest) -> HttpResponse:
    """Let cards come again from now on."""
    end(by=request.user, at=now())
    messages.success(request, _("Your cards come again."))
    return redirect("assessments:refresh-settings")
