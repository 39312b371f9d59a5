"""What a lead is proposed for some of their people: gaps with reasons, evidence, and steps."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.models import Attempt, SkillEstimate, SkillEvidence
from assessments.queries.skill_profile import expected_of
from assessments.skill_estimate import Estimate, Word, fade
from courses.content.skill_frame import SkillFrame
from courses.content.skills import Skill
from courses.models import Activity, ActivityKind, Module, ModuleCompletion
from courses.queries.content import live_revision_of, scenario_of
from courses.queries.frame import current_frame
from portal.kit.clock import utc_day
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by
from portal.programmes.planner import Call, Proposal, Seen, Tagged, propose

PEOPLE_AT_ONCE, EVIDENCE_READ = 30, 1000


@dataclass(frozen=True)
class PersonPlanned:
    """One person of a proposal, and why it was made for them, as it is kept."""

    person: User
    reasons: list[dict[str, Any]]


@dataclass(frozen=True)
class Plan:
    """A proposal for some people."""

    people: tuple[PersonPlanned, ...]
    proposal: Proposal

    @property
    def has_gap(self) -> bool:
        """Whether training is proposed, and not only evidence to gather."""
        return bool(self.proposal.gaps)


def plan_for(viewer: User, ids: Collection[int], *, minutes_per_week: int, now: datetime) -> Plan:
    """Return what is proposed for those among `ids` whom the viewer oversees; nine queries."""
    people = list(people_overseen_by(viewer).filter(pk__in=ids).by_name()[:PEOPLE_AT_ONCE])
    frame, seen = current_frame(), _seen(people, now)
    every = [one for lines in seen.values() for one in lines]
    proposal = propose(every, _catalogue(people), minutes_per_week=minutes_per_week)
    planned = {step.why for step in proposal.steps}  # the skill that each step is for
    return Plan(
        people=tuple(
            PersonPlanned(
                person,
                [
                    _reason(one, frame)
                    for one in sorted(seen[person.pk], key=lambda one: one.word is not Word.GAP)
                    if one.skill in planned and one.word is not Word.STRENGTH
                ],
            )
            for person in people
        ),
        proposal=proposal,
    )


def _seen(people: list[User], now: datetime) -> dict[int, list[Seen]]:
    """Return what may be said of each person's skills: from the line with most evidence."""
    today, frame, weak = utc_day(now), current_frame(), _weak(people)
    lines: dict[tuple[int, str], list[Estimate]] = defaultdict(list)
    for one in SkillEstimate.objects.filter(user__in=people).order_by("kind"):
        lines[one.user_id, one.skill].append(fade(one.value, today))
    return {
        person.pk: [
            Seen(
                skill,
                _surest(lines[person.pk, skill], level),
                level,
                tuple(weak.get((person.pk, skill), ())),
            )
            for skill in Skill
            for level in [expected_of(frame.skill(skill).expected, person.roles)]
        ]
        for person in people
    }


def _surest(lines: list[Estimate], level: float) -> Estimate:
    """Return the line that shows a gap if one does, else the one with most evidence."""
    if not lines:
        return Estimate()
    return max(lines, key=lambda one: (one.word(level) is Word.GAP, one.is_enough, one.events))


def _weak(people: list[User]) -> dict[tuple[int, str], list[str]]:
    """Return the behaviors of each person's skills by the points they earned, the least first."""
    found = SkillEvidence.objects.standing().filter(user__in=people).order_by("-on", "-pk")
    sums: dict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for user, skill, behaviours in found.values_list("user", "skill", "behaviours")[:EVIDENCE_READ]:
        for code, (points, items) in behaviours.items():
            sums[user, skill, code][0] += points
            sums[user, skill, code][1] += items
    weak: dict[tuple[int, str], list[str]] = defaultdict(list)
    for (user, skill, code), (points, items) in sorted(
        sums.items(), key=lambda one: one[1][0] / one[1][1] if one[1][1] else 1
    ):
        if items and points / items < 1:
            weak[user, skill].append(code)
    return weak


def _catalogue(people: list[User]) -> list[Tagged]:
    """Return every module on one skill with its calls; what all of these people did is marked."""
    modules = Module.objects.filter(archived_at__isnull=True, course__archived_at__isnull=True)
    modules = modules.exclude(course__skill="")
    modules = modules.select_related("course").order_by("course__position", "position", "pk")
    calls: dict[int, list[Activity]] = defaultdict(list)
    on_offer = Activity.objects.filter(
        kind=ActivityKind.SCENARIO, archived_at__isnull=True, live_revision__isnull=False
    ).select_related("live_revision")
    for call in on_offer.defer("draft", "live_revision__content").order_by("position", "pk"):
        calls[call.module_id].append(call)
    finished = defaultdict(set)
    for module, user in ModuleCompletion.objects.filter(user__in=people).values_list(
        "module", "user"
    ):
        finished[module].add(user)
    met = defaultdict(set)
    ended = Attempt.objects.filter(user__in=people, finished_at__isnull=False).exclude(card="")
    for activity, card, user in ended.values_list("activity", "card", "user").distinct():
        met[activity, card].add(user)
    return [
        Tagged(
            path=f"{module.course.slug}/{module.slug}",
            skill=Skill(module.course.skill),
            behaviours=frozenset(module.behaviours),
            minutes=module.minutes,
            calls=tuple(_call(call, met, len(people)) for call in calls[module.pk]),
            is_shown=len(finished[module.pk]) == len(people) > 0,
        )
        for module in modules
    ]


def _call(call: Activity, met: dict[tuple[int, str], set[int]], people: int) -> Call:
    scenario = scenario_of(live_revision_of(call))
    cards = tuple(card.id for card in scenario.cards)
    all_met = frozenset(card for card in cards if len(met[call.pk, card]) == people)
    return Call(call.slug, scenario.minutes, cards, all_met)


def _reason(one: Seen, frame: SkillFrame) -> dict[str, Any]:
    low, high = one.estimate.interval
    weakest = next((frame.titles[code] for code in one.weak if code in frame.titles), "")
    return {
        "skill": one.skill.value,
        "word": one.word.value,
        "events": one.estimate.events,
        "low": round(100 * low),
        "high": round(100 * high),
        "level": round(100 * one.level),
        "weakest": weakest,
    }
