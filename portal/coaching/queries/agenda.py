"""What a session could be about: lines made from what the agent did, is late with, or agreed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from assessments.models import Attempt, AttemptMode, AttemptState
from courses.models import ActivityKind, Enrolment
from portal.coaching.models import ActionItem, AgendaKind, FeedbackSession
from portal.people.models import User

LOOK_BACK = timedelta(weeks=6)
_MOST_RUNS, _MOST_OVERDUE, _MOST_AGREED = 3, 3, 5
_MINUTES = {
    AgendaKind.WENT_WELL: 5,
    AgendaKind.LOOK_AT: 10,
    AgendaKind.QUESTIONS: 5,
    AgendaKind.OVERDUE: 3,
    AgendaKind.AGREED: 3,
}
_STRONG_SHARE = 0.5


@dataclass(frozen=True)
class ProposedLine:
    """A line for an agenda: what it is about, and where its proof can be seen."""

    kind: AgendaKind
    key: str
    about: dict[str, Any] = field(default_factory=dict)
    proof_path: str = ""
    skill: str = ""

    @property
    def minutes(self) -> int:
        """How long one talks about such a thing."""
        return _MINUTES[self.kind]


def proposed_lines(session: FeedbackSession, *, now: datetime) -> list[ProposedLine]:
    """Return what the evidence of the last weeks suggests, in the order to talk about it.

    What went well comes first. Runs are the assessed ones, which the lead may see anyway. Takes
    the same four queries whatever there is.
    """
    agent, since = session.agent, now - LOOK_BACK
    lines = [
        *_runs(agent, since),
        *_questions(agent, since),
        *_overdue(agent, now),
        *_agreed(session),
    ]
    order = list(AgendaKind)
    return sorted(lines, key=lambda line: order.index(line.kind))


def _finished(agent: User, since: datetime, kind: ActivityKind) -> Any:
    return (
        Attempt.objects.filter(
            user=agent,
            mode=AttemptMode.ASSESSED,
            state=AttemptState.FINISHED,
            finished_at__gte=since,
            activity__kind=kind,
        )
        .select_related("activity__module__course")
        .only(
            *("result", "is_passed", "finished_at", "activity__title", "activity__kind"),
            *("activity__module__title", "activity__module__course__skill"),
        )
        .order_by("-finished_at")
    )


def _runs(agent: User, since: datetime) -> Iterator[ProposedLine]:
    for run in _finished(agent, since, ActivityKind.SCENARIO)[:_MOST_RUNS]:
        gates = run.result.get("gates", {})
        missed = sum(result == "missed" for result in gates.values())
        went_well = bool(run.is_passed) and run.result.get("is_resolved") and not missed
        yield ProposedLine(
            kind=AgendaKind.WENT_WELL if went_well else AgendaKind.LOOK_AT,
            key=f"run:{run.pk}",
            about={
                "title": run.activity.title,
                "on": run.finished_at.date().isoformat(),
                "missed_gates": missed,
            },
            proof_path=reverse("assessments:debrief", args=[run.pk]),
            skill=run.activity.module.course.skill,
        )


def _questions(agent: User, since: datetime) -> Iterator[ProposedLine]:
    quiz = _finished(agent, since, ActivityKind.QUIZ).first()
    if quiz is None:
        return
    points = [one.get("points") for one in quiz.result.get("items", {}).values()]
    weak = sum(1 for one in points if one is not None and one < _STRONG_SHARE)
    if weak:
        yield ProposedLine(
            kind=AgendaKind.QUESTIONS,
            key=f"quiz:{quiz.pk}",
            about={"title": quiz.activity.title, "count": weak},
            proof_path=reverse("assessments:quiz-results", args=[quiz.pk]),
            skill=quiz.activity.module.course.skill,
        )


def _overdue(agent: User, now: datetime) -> Iterator[ProposedLine]:
    late = Enrolment.objects.overdue(now).filter(user=agent).order_by("due_at")
    rows = late.values_list("pk", "module__title", "module__course__skill", "due_on")
    for pk, title, skill, due_on in rows[:_MOST_OVERDUE]:
        yield ProposedLine(
            kind=AgendaKind.OVERDUE,
            key=f"enrolment:{pk}",
            about={"title": title, "on": due_on.isoformat()},
            skill=skill,
        )


def _agreed(session: FeedbackSession) -> Iterator[ProposedLine]:
    earlier = ActionItem.objects.open().filter(
        session__lead=session.lead_id, session__agent=session.agent_id
    )
    rows = earlier.exclude(session=session.pk).order_by("due_on", "pk")
    fields = rows.values_list("pk", "words", "due_on", "session_id", "owner__name")
    for pk, words, due_on, session_id, owner in fields[:_MOST_AGREED]:
        yield ProposedLine(
            kind=AgendaKind.AGREED,
            key=f"action:{pk}",
            about={"title": words, "on": due_on.isoformat(), "owner": owner},
            proof_path=reverse("coaching:session", args=[session_id]),
        )
