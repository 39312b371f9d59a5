"""How far somebody is: the one place from which every screen takes its numbers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from courses.models import Activity, ActivityKind
from portal.kit.sql import kept_rows
from portal.people.models import User


@dataclass(frozen=True)
class Step:
    """One activity of a module as one person stands in it; `place` is the block to resume at."""

    activity_id: int
    slug: str
    kind: str
    title: str
    minutes: int
    started_at: datetime | None
    finished_at: datetime | None
    handed_in_at: datetime | None = None
    place: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether the person has finished it at least once."""
        return self.finished_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it was handed in, and a lead still has to mark it."""
        return self.handed_in_at is not None

    @property
    def is_started(self) -> bool:
        """Whether the person has begun it, and has still to finish it."""
        return self.started_at is not None and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do in it, as far as one knows."""
        return self.is_finished or self.is_waiting

    @property
    def kind_name(self) -> str:
        """What one does in it, in words."""
        return str(ActivityKind(self.kind).label)


@dataclass(frozen=True)
class ModuleProgress:
    """One person's way through one module."""

    steps: tuple[Step, ...]

    @property
    def total(self) -> int:
        """How many activities there are."""
        return len(self.steps)

    @property
    def done(self) -> int:
        """How many activities are finished."""
        return sum(step.is_finished for step in self.steps)

    @property
    def percent(self) -> int:
        """The finished share, 0 to 100, rounded down so that 100 means all of it."""
        return 100 * self.done // self.total if self.steps else 0

    @property
    def is_started(self) -> bool:
        """Whether anything has been begun."""
        return any(step.started_at for step in self.steps)

    @property
    def is_finished(self) -> bool:
        """Whether everything is finished."""
        return bool(self.steps) and self.done == self.total

    @property
    def is_waiting(self) -> bool:
        """Whether all that is left only waits for a lead's mark."""
        return not self.is_finished and all(step.is_over for step in self.steps) and self.total > 0

    @property
    def next_step(self) -> Step | None:
        """The first activity in which there is something to do."""
        return next((step for step in self.steps if not step.is_over), None)

    @property
    def next_number(self) -> int:
        """The place of `next_step`, counted from 1."""
        return next((n for n, step in enumerate(self.steps, 1) if not step.is_over), self.total)

    @property
    def minutes_left(self) -> int:
        """How long the activities take together in which there is something to do."""
        return sum(step.minutes for step in self.steps if not step.is_over)

    @property
    def last_seen_at(self) -> datetime | None:
        """When the latest activity was begun or finished."""
        times = [at for step in self.steps for at in (step.started_at, step.finished_at) if at]
        return max(times, default=None)


def activities_on_offer() -> QuerySet[Activity]:
    """Return the activities that learners can take, in the order of their modules."""
    return Activity.objects.filter(archived_at__isnull=True, live_revision__isnull=False).order_by(
        "module_id", "position", "pk"
    )


def progress_in(modules: Iterable[int], *, user: User) -> dict[int, ModuleProgress]:
    """Return a person's progress by module id, in one query for any number of modules."""
    wanted = list(modules)
    if not wanted:
        return {}
    steps: dict[int, list[Step]] = defaultdict(list)
    for module_id, *fields in kept_rows(_STEPS, {"modules": wanted, "user": user.pk}):
        steps[module_id].append(Step(*fields))
    return {module_id: ModuleProgress(tuple(found)) for module_id, found in steps.items()}


# The same activities as `activities_on_offer`. Agents open pages with this all day, so it is not
# compiled anew for each.
_STEPS = """
SELECT a.module_id, a.id, a.slug, a.kind, a.title, a.minutes, p.started_at, p.finished_at,
       p.handed_in_at, coalesce(p.place, '')
FROM courses_activity a
LEFT JOIN courses_activityprogress p ON p.activity_id = a.id AND p.user_id = %(user)s
WHERE a.module_id = ANY(%(modules)s)
  AND a.archived_at IS NULL AND a.live_revision_id IS NOT NULL
ORDER BY a.module_id, a.position, a.id
"""
