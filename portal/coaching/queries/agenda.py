"""What a session could be about: lines made from what the evidence shows, and from what is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from assessments.models import (
    Attempt,
    AttemptMode,
    AttemptState,
    EvidenceSource,
    SkillEvidence,
)
from assessments.queries.skill_profile import SkillLine, skill_lines
from assessments.skill_estimate import Word
from courses.content.skills import Skill
from courses.models import ActivityKind, Enrolment
from portal.coaching.models import ActionItem, AgendaKind, FeedbackSession
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

LOOK_BACK = timedelta(weeks=6)
_MOST_STRENGTHS, _MOST_GAPS = 2, 2
_MOST_RUNS, _MOST_OVERDUE, _MOST_AGREED, _MOST_REPORTS = 3, 3, 5, 2
_MINUTES = {
    AgendaKind.STRENGTH: 2,
    AgendaKind.GAP: 5,
    AgendaKind.WENT_WELL: 5,
    AgendaKind.LOOK_AT: 10,
    AgendaKind.QUESTIONS: 5,
    AgendaKind.OVERDUE: 3,
    AgendaKind.AGREED: 3,
    AgendaKind.QUALITY: 3,
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

    Strengths come first, then the widest gaps, as the skill pages name them. Runs are those that
    the lead may see anyway: assessed ones, and practice that the agent shared. Takes the same
    eight queries whatever there is. Between peers only what they agreed on earlier is proposed.
    """
    if session.is_between_peers:
        return list(_agreed(session))
    agent, since = session.agent, now - LOOK_BACK
    lines = [
        *_skills(agent, now),
        *_runs(agent, since),
        *_questions(agent, since),
        *_overdue(agent, now),
        *_agreed(session),
        *_call_quality(agent, since),
    ]
    order = list(AgendaKind)
    return sorted(lines, key=lambda line: order.index(line.kind))


def _skills(agent: User, now: datetime) -> Iterator[ProposedLine]:
    """Yield the likeliest strengths and the widest gaps, each skill at most once.

    What is a gap on the job and a strength in practice is a gap to talk about.
    """
    lines = skill_lines(agent, now=now)
    gaps = _one_a_skill(
        sorted(_said(lines, Word.GAP), key=lambda one: one.estimate.mean - one.level)
    )
    gap_in = {one.skill for one in gaps}
    strengths = _one_a_skill(
        sorted(
            (one for one in _said(lines, Word.STRENGTH) if one.skill not in gap_in),
            key=lambda one: -one.estimate.chance_of(one.level),
        )
    )
    for kind, found in (
        (AgendaKind.STRENGTH, strengths[:_MOST_STRENGTHS]),
        (AgendaKind.GAP, gaps[:_MOST_GAPS]),
    ):
        for one in found:
            yield ProposedLine(
                kind=kind,
                key=f"{kind}:{one.skill}",
                about={
                    "from": one.kind.value,
                    "low": one.low,
                    "high": one.high,
                    "level": one.level_percent,
                    "pieces": one.estimate.events,
                },
                skill=one.skill,
            )


def _said(lines: Iterable[SkillLine], word: Word) -> list[SkillLine]:
    return [one for one in lines if one.word is word]


def _one_a_skill(lines: Iterable[SkillLine]) -> list[SkillLine]:
    first: dict[Skill, SkillLine] = {}
    for one in lines:
        first.setdefault(one.skill, one)
    return list(first.values())


def _finished(user: int, since: datetime, kind: str) -> Any:
    return (
        Attempt.objects.filter(
            Q(mode=AttemptMode.ASSESSED) | Q(shared_at__isnull=False),
            user=user,
            state=AttemptState.FINISHED,
            finished_at__gte=since,
            activity__kind=kind,
        )
        .select_related("activity__module__course")
        .only(
            *("mode", "result", "is_passed", "finished_at", "activity__title", "activity__kind"),
            *("activity__module__title", "activity__module__course__skill"),
        )
        .order_by("-finished_at", "-pk")
    )


_LAST_RUNS = StoredQuery(lambda user, since, kind: _finished(user, since, kind)[:_MOST_RUNS])
_LATE = StoredQuery(
    lambda user, now: (
        Enrolment.objects.overdue(now)
        .filter(user=user)
        .order_by("due_at", "pk")
        .values_list(
            *("pk", "module__title", "module__slug", "module__course__slug"),
            *("module__course__skill", "due_on"),
        )[:_MOST_OVERDUE]
    )
)
_STILL_OPEN = StoredQuery(
    lambda lead, agent, session: (
        ActionItem.objects.open()
        .filter(session__lead=lead, session__agent=agent)
        .exclude(session=session)
        .order_by("due_on", "pk")
        .values_list("pk", "words", "due_on", "session_id", "owner__name")[:_MOST_AGREED]
    )
)
_REPORTED = StoredQuery(
    lambda user, since: (
        SkillEvidence.objects.standing()
        .filter(user=user, source=EvidenceSource.IMPORTED, on__gte=since)
        .order_by("-on", "-pk")
        .values_list("proof", "skill", "value", "on")[: _MOST_REPORTS * len(Skill)]
    )
)


def _runs(agent: User, since: datetime) -> Iterator[ProposedLine]:
    for run in _LAST_RUNS.all(user=agent.pk, since=since, kind=ActivityKind.SCENARIO.value):
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
                "is_shared": run.mode != AttemptMode.ASSESSED,
                "turning_point": run.result.get("turning_point"),
            },
            proof_path=_debrief(run),
            skill=run.activity.module.course.skill,
        )


def _debrief(run: Attempt) -> str:
    """Return where a run is looked back on, at its turning point where it has one."""
    turning = (run.result or {}).get("turning_point")
    page = reverse("assessments:debrief", args=[run.pk])
    return f"{page}#m{turning['reply']}" if turning else page


def _questions(agent: User, since: datetime) -> Iterator[ProposedLine]:
    taken = _LAST_RUNS.all(user=agent.pk, since=since, kind=ActivityKind.QUIZ.value)
    quiz = next(iter(taken), None)
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
    for pk, title, module, course, skill, due_on in _LATE.all(user=agent.pk, now=now):
        yield ProposedLine(
            kind=AgendaKind.OVERDUE,
            key=f"enrolment:{pk}",
            about={"title": title, "on": due_on.isoformat()},
            proof_path=reverse("courses:module", args=[course, module]),
            skill=skill,
        )


def _agreed(session: FeedbackSession) -> Iterator[ProposedLine]:
    found = _STILL_OPEN.all(lead=session.lead_id, agent=session.agent_id, session=session.pk)
    for pk, words, due_on, session_id, owner in found:
        yield ProposedLine(
            kind=AgendaKind.AGREED,
            key=f"action:{pk}",
            about={"title": words, "on": due_on.isoformat(), "owner": owner},
            proof_path=reverse("coaching:session", args=[session_id]),
        )


def _call_quality(agent: User, since: datetime) -> Iterator[ProposedLine]:
    """Yield the latest reports on real calls that were taken in from elsewhere."""
    reports: dict[str, list[list[Any]]] = {}
    days: dict[str, str] = {}
    for proof, skill, value, on in _REPORTED.all(user=agent.pk, since=since.date()):
        reports.setdefault(proof, []).append([skill, round(100 * min(1.0, max(0.0, value)))])
        days[proof] = on.isoformat()
    for proof in list(reports)[:_MOST_REPORTS]:
        marks = sorted(reports[proof], key=lambda mark: list(Skill).index(Skill(mark[0])))
        yield ProposedLine(
            kind=AgendaKind.QUALITY,
            key=f"quality:{proof}",
            about={"on": days[proof], "marks": marks},
        )
