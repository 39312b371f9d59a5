"""What one sees before an attempt."""

from dataclasses import dataclass

from assessments.models import Attempt, AttemptMode
from assessments.queries.begun import assessed_begun
from assessments.queries.channels import LOOKS, ChannelLook
from assessments.queries.extra_time import extra_percent_of, lengthened
from assessments.queries.runs import with_comments_of_others
from courses.content.kinds import Content
from courses.content.quiz import Quiz
from courses.content.scenario_shapes import Scenario
from courses.models import Activity, ActivityKind
from courses.queries.catalogue import activities_to_take
from courses.queries.content import content_of, live_revision_of
from courses.queries.progress import ModuleProgress, progress_in
from portal.kit.stored_queries import StoredQuery
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
    assessed_begun: int
    extra_percent: int

    @property
    def is_quiz(self) -> bool:
        """Whether this is a quiz; else it is a scenario."""
        return self.activity.kind == ActivityKind.QUIZ

    @property
    def waiting(self) -> Attempt | None:
        """The attempt that waits for marking; no other can begin before it is marked."""
        return next((one for one in self.earlier if one.waits_for_marking), None)

    @property
    def look(self) -> ChannelLook | None:
        """How the channel of a scenario is named and drawn."""
        return LOOKS[self.content.channel] if isinstance(self.content, Scenario) else None

    @property
    def callers_wait(self) -> bool:
        """Whether the patient of a scenario speaks again where one thinks for long."""
        content = self.content
        return isinstance(content, Scenario) and any(one.think_time for one in content.moments)

    @property
    def assessed_left(self) -> int:
        """How many assessed runs of a scenario may still be begun."""
        allowed = self.content.assessed_attempts if isinstance(self.content, Scenario) else 0
        return max(allowed - self.assessed_begun, 0)

    @property
    def attempts_left(self) -> int | None:
        """How many attempts at a quiz may still be begun; None for as many as one likes."""
        if not isinstance(self.content, Quiz) or self.content.rules.attempts is None:
            return None
        return max(0, self.content.rules.attempts - self.assessed_begun)

    @property
    def minutes_allowed(self) -> int | None:
        """How many minutes the person has for a quiz, extra time included; None for no limit."""
        limit = self.content.rules.time_limit if isinstance(self.content, Quiz) else None
        return limit and int(lengthened(limit, self.extra_percent).total_seconds() // 60)

    @property
    def number(self) -> int:
        """The activity's place in its module, counted from 1."""
        return 1 + [step.activity_id for step in self.progress.steps].index(self.activity.pk)

    @property
    def suggested_mode(self) -> str:
        """Guided the first time; practice afterwards."""
        return AttemptMode.PRACTICE if self.earlier else AttemptMode.GUIDED


def brief_of(activity: Activity, user: User) -> Brief:
    """Return what `user` sees before an attempt, in two queries.

    Counting assessed attempts takes a third, and extra time for a quiz that is limited a fourth.
    """
    latest = _LATEST.all(user=user.pk, activity=activity.pk)
    content = content_of(live_revision_of(activity), activity.kind)
    is_timed = isinstance(content, Quiz) and content.rules.time_limit is not None
    is_unlimited = isinstance(content, Quiz) and content.rules.attempts is None
    return Brief(
        activity=activity,
        content=content,
        progress=progress_in([activity.module_id], user=user)[activity.module_id],
        open_attempt=next((one for one in latest if one.is_open), None),
        earlier=tuple(one for one in latest if not one.is_open)[:EARLIER_SHOWN],
        assessed_begun=0 if is_unlimited else assessed_begun(activity.pk, user.pk),
        extra_percent=extra_percent_of(user) if is_timed else 0,
    )


ACTIVITY_TO_ATTEMPT = StoredQuery(
    lambda pk: activities_to_take(ActivityKind.SCENARIO, ActivityKind.QUIZ).filter(pk=pk)
)
_LATEST = StoredQuery(
    lambda user, activity: (
        with_comments_of_others(Attempt.objects.filter(user=user, activity=activity))
        .only(*_OF_AN_ATTEMPT)
        .order_by("-started_at")[: EARLIER_SHOWN + 1]
    )
)
