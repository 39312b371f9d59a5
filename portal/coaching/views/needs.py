"""Who needs a hand, and a few words to one of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.forms.team import wanted_in
from courses.learning_state import LearningState
from courses.queries.saved_views import saved_views_of, shown_view
from courses.queries.team import TeamFilter, teams_to_choose
from portal.coaching.actions.nudging import nudge as send_nudge
from portal.coaching.forms.nudge import NudgeForm
from portal.coaching.nudge_mail import prepared_words
from portal.coaching.queries.needs import needs_seen_by, reasons_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by
from portal.people.queries.tags import tags_in_use


@require_GET
@requires(Permission.SEE_TEAM)
def needs(request: HttpRequest) -> HttpResponse:
    """Show who of one's people is late, stuck, out of tries or quiet, and the sessions near."""
    viewer, teams = request.user, teams_to_choose(request.user)
    wanted, views = wanted_in(request.GET, viewer), saved_views_of(viewer)
    context = {
        "needs": needs_seen_by(viewer, wanted, now=now()),
        "wanted": wanted,
        "is_narrowed": wanted != TeamFilter(),
        "views": views,
        "shown_view": shown_view(views, wanted),
        "tags": tags_in_use(viewer),
        "states": LearningState,
        "teams": teams if len(teams) > 1 else [],
    }
    return render(request, "coaching/needs.html", context)


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
