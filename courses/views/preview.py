"""Looking at a draft as its learners would; what is tried out is kept nowhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.models import Activity, ActivityKind
from courses.queries.preview import NothingToPreview, preview_lesson
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_safe
@requires(Permission.SEE_CONTENT)
def preview_a_lesson(request: HttpRequest, activity: int) -> HttpResponse:
    """Show a lesson as it would be read, with the option that is tried out."""
    found = draft_of_kind(activity, ActivityKind.LESSON)
    tried = {request.GET.get("block", ""): request.GET.get("option_id", "")}
    try:
        page = preview_lesson(found, tried)
    except NothingToPreview:
        return cannot_preview(request, found)
    context = {"page": page, "activity": found}
    return render(request, "courses/preview_lesson.html", context)


def draft_of_kind(activity: int, kind: ActivityKind) -> Activity:
    """Return an activity of one kind with all that its preview needs, or answer 404."""
    related = Activity.objects.select_related("module__course", "live_revision")
    return get_object_or_404(related, pk=activity, kind=kind)


def cannot_preview(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Lead back to the draft, and say why there is nothing to see."""
    messages.warning(request, _("Mend what the checks say first; then it can be previewed."))
    return redirect("courses:edit-content", activity.pk)
