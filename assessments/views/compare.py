"""Two of one's own runs of a call, side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.forms.compare import CompareForm
from assessments.queries.comparison import Comparison, runs_to_compare
from assessments.queries.debrief import debrief_of
from courses.models import ActivityKind
from courses.queries.catalogue import activities_to_take
from courses.queries.content import scenario_of
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def compare(request: HttpRequest, activity: int) -> HttpResponse:
    """Offer the runs to choose from, and show two of them once they are chosen."""
    found = get_object_or_404(activities_to_take(ActivityKind.SCENARIO), pk=activity)
    names = {card.id: card.name for card in scenario_of(found.live_revision).cards}
    has_chosen = {"first", "second"} <= request.GET.keys()
    form = CompareForm(
        request.GET if has_chosen else None,
        initial=request.GET.dict(),
        runs=runs_to_compare(found, request.user),
        names=names,
    )
    page = None
    if has_chosen and form.is_valid():
        chosen = form.cleaned_data
        page = Comparison(debrief_of(chosen["first"]), debrief_of(chosen["second"]))
    context = {"activity": found, "form": form, "page": page}
    return render(request, "assessments/compare.html", context)
