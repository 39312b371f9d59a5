"""Who needs a hand, and a few words to one of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.queries.team import teams_to_choose
from courses.views.team_filter import filter_bar
from portal.coaching.actions.nudging import nudge as send_nudge
from portal.coaching.forms.nudge import NudgeForm
from portal.coaching.nudge_mail import prepared_words
from portal.coaching.queries.needs import needs_seen_by, reasons_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by


@require_GET
@requires(Permission.SEE_TEAM)
def needs(request: HttpRequest) -> HttpResponse:
    """Show who of one's people is late, stuck, out of tries or quiet, and the sessions near."""
    bar = filter_bar(request, teams_to_choose(request.user))
    found = needs_seen_by(request.user, bar["wanted"], now=now())
    return render(request, "coaching/needs.html", bar | {"needs": found})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_TEAM)
def nudge(request: HttpRequest, person: int) -> HttpResponse:
    """Send somebody a few words that are prepared for the lead to change."""
    found = get_object_or_404(people_overseen_by(request.user), pk=person)
    if request.method != "POST":
        words = prepared_words(found, reasons_of(found, now=now()), lead=request.user)
        form = NudgeForm(initial={"words": words})
        return render(request, "coaching/nudge.html", {"person": found, "form": form})
    form = NudgeForm(request.POST)
    if not form.is_valid():
        return render(request, "coaching/nudge.html", {"person": found, "form": form}, status=422)
    try:
        send_nudge(found, words=form.cleaned_data["words"], by=request.user, at=now())
        messages.success(request, _("Sent. They get it in their working hours."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:needs")
