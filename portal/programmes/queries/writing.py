"""What somebody can put into a programme, and which ones they may change."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from courses.models import Activity, ActivityKind, Module, Programme
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import oversees_everybody


@dataclass(frozen=True)
class Offered:
    """A module that a step can name, with its practice calls as pairs of slug and title."""

    path: str
    course: str
    title: str
    calls: tuple[tuple[str, str], ...]


def programmes_editable_by(viewer: User) -> QuerySet[Programme]:
    """Return what somebody wrote and still gives; for admins what anybody did.

    What comes from the library's files is changed there, and what was made from a gap not at all.
    """
    written = Programme.objects.on_offer().filter(written_by__isnull=False)
    if not viewer.may(Permission.ASSIGN_LEARNING):
        return written.none()
    return written if oversees_everybody(viewer) else written.filter(written_by=viewer)


def may_change(viewer: User, programme: Programme) -> bool:
    """Whether `programmes_editable_by` has a programme that can be given."""
    if programme.written_by_id is None or not viewer.may(Permission.ASSIGN_LEARNING):
        return False
    return programme.written_by_id == viewer.pk or oversees_everybody(viewer)


def offered_modules() -> list[Offered]:
    """Return every module on offer in the order of the library. Two queries."""
    modules = Module.objects.filter(archived_at__isnull=True, course__archived_at__isnull=True)
    calls: dict[int, list[tuple[str, str]]] = defaultdict(list)
    on_offer = Activity.objects.filter(
        kind=ActivityKind.SCENARIO, archived_at__isnull=True, live_revision__isnull=False
    )
    for module, slug, title in on_offer.order_by("position", "pk").values_list(
        "module", "slug", "title"
    ):
        calls[module].append((slug, title))
    return [
        Offered(f"{one.course.slug}/{one.slug}", one.course.title, one.title, tuple(calls[one.pk]))
        for one in modules.select_related("course").order_by("course__position", "position", "pk")
    ]
