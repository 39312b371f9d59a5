"""What authors and admins see of the content: its outline and every revision."""

from django.db.models import Count, Prefetch, QuerySet

from courses.models import Activity, ContentRevision, Course, Module


def content_outline() -> QuerySet[Course]:
    """Return every course with its modules and activities, archived ones too.

    Each activity carries its live revision (without the content) and `revision_count`. Three
    queries, however much content there is.
    """
    activities = (
        Activity.objects.select_related("live_revision__published_by")
        .defer("draft", "live_revision__content", "live_revision__media")
        .annotate(revision_count=Count("revisions"))
        .order_by("position", "pk")
    )
    modules = Module.objects.prefetch_related(Prefetch("activities", queryset=activities))
    return Course.objects.prefetch_related(Prefetch("modules", queryset=modules))


def revisions_of(activity: Activity) -> QuerySet[ContentRevision]:
    """Return an activity's revisions, the newest first, without their content."""
    revisions = activity.revisions.select_related("published_by").defer("content", "media")
    return revisions.order_by("-number")
