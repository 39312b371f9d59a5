"""How the items of a quiz go, for those who write them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.queries.statistics import statistics_page
from courses.models import Activity, ActivityKind
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_GET
@requires(Permission.SEE_CONTENT)
def quiz_statistics(request: HttpRequest, activity: int) -> HttpResponse:
    """Show what first attempts say of each item that learners are asked now."""
    quizzes = Activity.objects.filter(kind=ActivityKind.QUIZ, live_revision__isnull=False)
    quizzes = quizzes.select_related("module__course", "live_revision").defer(
        "draft", "live_revision__content", "live_revision__media"
    )
    found = get_object_or_404(quizzes, pk=activity)
    return render(request, "assessments/quiz_statistics.html", {"page": statistics_page(found)})
