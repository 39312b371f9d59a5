"""What one sees before an attempt."""

from dataclasses import dataclass

from assessments.models import Attempt, AttemptMode
from assessments.queries.runs import with_comments_of_others
from courses.content.kinds import Content
from courses.models import Activity, ActivityKind
from courses.queries.content import content_of, live_revision_of
from courses.queries.progress import ModuleProgress, progress_in
from portal.people.models import User

EARLIER_SHOWN = 5

_OF_AN_ATTEMPT = (
    "state",
    "mode",
    "started_at",
    "finished_at",
    "is_passed",
    "branched_from",
    "shared_at",
)


@dataclass(frozen=True)
class Brief:
    """An activity about to begin; `open_attempt` is there to go on with."""

    activity: Activity
    content: Content
    progress: ModuleProgress
    open_attempt: Attempt | None
    earlier: tuple[Attempt, ...]

    @property
    def is_quiz(self) -> bool:
        """Whether this is a quiz; else it is a scenario."""
        return self.activity.kind == ActivityKind.QUIZ

    @property
    def number(self) -> int:
        """The activity's place in its module, counted from 1."""
        return 1 + [step.activity_id for step in self.progress.steps].index(self.activity.pk)

    @property
    def suggested_mode(self) -> str:
        """Guided the first time; practice afterwards."""
        return AttemptMode.PRACTICE if self.earlier else AttemptMode.GUIDED


def brief_of(activity: Activity, user: User) -> Brief:
    """Return what `user` sees before an attempt, in two queries."""
    attempts = with_comments_of_others(Attempt.objects.filter(user=user, activity=activity))
    attempts = attempts.only(*_OF_AN_ATTEMPT)
    latest = list(attempts.order_by("-started_at")[: EARLIER_SHOWN + 1])
    return Brief(
        activity=activity,
        content=content_of(live_revision_of(activity), activity.kind),
        progress=progress_in([activity.module_id], user=user)[activity.module_id],
        open_attempt=next((one for one in latest if one.is_open), None),
        earlier=tuple(one for one in latest if not one.is_open)[:EARLIER_SHOWN],
    )
