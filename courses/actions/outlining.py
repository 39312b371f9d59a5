"""The outline of the content: new courses, modules and activities, their names, order and archive.

None of it touches what learners read or did; only publishing changes what they read.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.actions.drafting import save_draft
from courses.actions.progress import complete_who_are_done
from courses.content.first_drafts import first_draft
from courses.models import Activity, Course, Module
from courses.queries.usage import usage_of
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User

Part = Course | Module | Activity

LONGEST_SLUG = 60


class InUse(Refusal):
    """Somebody still has to finish it, so it cannot be archived."""


@transaction.atomic
def create_course(fields: Mapping[str, Any], *, by: User, at: datetime) -> Course:
    """Add a course at the end; learners see it once something in it is published."""
    slug = _free_slug(fields["title"], Course.objects.all())
    course = Course.objects.create(slug=slug, position=_last(Course.objects.all()) + 1, **fields)
    record("created", course, by=by, at=at, title=course.title)
    return course


@transaction.atomic
def create_module(course: Course, fields: Mapping[str, Any], *, by: User, at: datetime) -> Module:
    """Add a module at the end of a course."""
    slug = _free_slug(fields["title"], course.modules.all())
    module = course.modules.create(slug=slug, position=_last(course.modules.all()) + 1, **fields)
    record("created", module, by=by, at=at, title=module.title)
    return module


@transaction.atomic
def create_activity(module: Module, *, kind: str, title: str, by: User, at: datetime) -> Activity:
    """Add an activity at the end of a module, with a first draft that only authors see."""
    content = first_draft(kind, title, module.behaviours[0])
    activity = module.activities.create(
        slug=_free_slug(title, module.activities.all()),
        kind=kind,
        title=title,
        minutes=content.get("minutes", 10),
        position=_last(module.activities.all()) + 1,
    )
    record("created", activity, by=by, at=at, title=title)
    return save_draft(activity, content, version=0, by=by, at=at)


@transaction.atomic
def reword(part: Course | Module, fields: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Change the words of a course or module; its address stays. The same again does nothing."""
    changed = {name: value for name, value in fields.items() if getattr(part, name) != value}
    if changed:
        before = {name: getattr(part, name) for name in changed}
        type(part)._default_manager.filter(pk=part.pk).update(**changed)
        record("reworded", part, by=by, at=at, before=before)


@transaction.atomic
def move(part: Part, step: int, *, by: User, at: datetime) -> bool:
    """Move a part by so many places among those beside it; return whether it moved.

    What is archived keeps its place and is passed over.
    """
    siblings = list(_siblings(part).select_for_update(of=("self",)).order_by("position", "pk"))
    shown = [one.pk for one in siblings if one.archived_at is None]
    if part.pk not in shown:
        return False
    place = shown.index(part.pk) + step
    if not 0 <= place < len(shown):
        return False
    ids = [one.pk for one in siblings]
    target = ids.index(shown[place])
    ids.remove(part.pk)
    ids.insert(target, part.pk)
    by_id = {one.pk: one for one in siblings}
    for position, pk in enumerate(ids, start=1):
        by_id[pk].position = position
    type(part)._default_manager.bulk_update(siblings, ["position"])
    record("moved", part, by=by, at=at, step=step)
    return True


@transaction.atomic
def archive(part: Part, *, by: User, at: datetime) -> None:
    """Take a part off the offer; nothing that anybody did is lost. Safe to repeat.

    Runs that go on finish, and who has nothing left to do in the module has finished it.

    Raises:
        InUse: somebody still has to finish it; nothing was changed.
    """
    part = _locked(part)
    if part.archived_at is not None:
        return
    if usage_of(part).holds:
        raise InUse(_("Somebody still has to finish this. End what stands below, then archive it."))
    part.archived_at = at
    part.save(update_fields=["archived_at"])
    record("archived", part, by=by, at=at)
    if isinstance(part, Activity) and part.live_revision_id:
        complete_who_are_done(part, at=at)


@transaction.atomic
def restore(part: Part, *, by: User, at: datetime) -> None:
    """Offer a part again, as it was. Safe to repeat."""
    part = _locked(part)
    if part.archived_at is not None:
        part.archived_at = None
        part.save(update_fields=["archived_at"])
        record("unarchived", part, by=by, at=at)


def _locked(part: Part) -> Part:
    rows: QuerySet[Any] = type(part)._default_manager.select_for_update(of=("self",))
    found: Part = rows.get(pk=part.pk)
    return found


def _siblings(part: Part) -> QuerySet[Any]:
    if isinstance(part, Course):
        return Course.objects.all()
    if isinstance(part, Module):
        return Module.objects.filter(course=part.course_id)
    return Activity.objects.filter(module=part.module_id)


def _last(siblings: QuerySet[Any]) -> int:
    return siblings.aggregate(last=Max("position"))["last"] or 0


def _free_slug(title: str, siblings: QuerySet[Any]) -> str:
    """Return an address made of the title that none of the siblings has."""
    wanted = slugify(title)[:LONGEST_SLUG].strip("-_").replace("_", "-") or "new"
    taken = set(siblings.values_list("slug", flat=True))
    number = 1
    slug = wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
