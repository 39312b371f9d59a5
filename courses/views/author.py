"""The author's pages: the content and its revisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from courses.content.source import write_source
from courses.models import Activity, ContentRevision
from courses.queries.authoring import content_outline, revisions_of
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_GET
@requires(Permission.SEE_CONTENT)
def content_list(request: HttpRequest) -> HttpResponse:
    """List all content with what learners read now."""
    may_frame = request.user.may(Permission.TUNE_SKILLS)
    context = {
        "courses": content_outline(),
        "can_frame": may_frame,
        "can_publish": _can_edit(request),
    }
    return render(request, "courses/content_list.html", context)


@require_GET
@requires(Permission.SEE_CONTENT)
def content_revisions(request: HttpRequest, activity: int) -> HttpResponse:
    """Show one activity's revisions."""
    found = get_object_or_404(Activity.objects.select_related("module__course"), pk=activity)
    context = {"activity": found, "revisions": revisions_of(found), "can_edit": _can_edit(request)}
    return render(request, "courses/content_revisions.html", context)


@require_GET
@requires(Permission.SEE_CONTENT)
def content_revision(request: HttpRequest, activity: int, number: int) -> HttpResponse:
    """Show one revision as it is written, keys and feedback included."""
    found = get_object_or_404(
        ContentRevision.objects.select_related("activity__module__course", "published_by"),
        activity=activity,
        number=number,
    )
    text = write_source(found.content)
    context = {"revision": found, "text": text, "can_edit": _can_edit(request)}
    return render(request, "courses/content_revision.html", context)


def _can_edit(request: HttpRequest) -> bool:
    return bool(request.user.may(Permission.PUBLISH_CONTENT))
