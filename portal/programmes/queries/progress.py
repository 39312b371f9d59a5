"""How far people are in their programmes, found out from what they did."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from assessments.models import Attempt
from courses.content.programme import Programme, Step, StepKind
from courses.content.programme_standing import Standing, StepStanding, StepState, standing
from courses.models import Module, ModuleCompletion
from courses.queries.programmes import programme_of
from courses.queries.states import steps_of
from portal.coaching.models import FeedbackSession, SessionState
from portal.kit.clock import local_date
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by
from portal.programmes.models import GivenProgramme, StepTick
from portal.programmes.queries.catalogue import Offer, offer_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class StepRules:
    """What comes before a step, by name, and of how many alternatives so many are enough.

    `of` is 0 where everybody does the step.
    """

    after: tuple[str, ...]
    enough: int
    of: int


@dataclass(frozen=True)
class ShownStep:
    """A step as a page shows it, and where one does it."""

    standing: StepStanding
    title: str
    url: str
    minutes: int
    rules: StepRules

    @property
    def step(self) -> Step:
        """What it is."""
        return self.standing.step

    @property
    def is_to_tick(self) -> bool:
        """Whether only the person can say that it is done."""
        is_left = self.standing.state in (StepState.OPEN, StepState.LATE)
        return is_left and self.step.kind is StepKind.REFRESHER


@dataclass(frozen=True)
class ShownProgramme:
    """Somebody's programme with how far they are."""

    given: GivenProgramme
    programme: Programme
    standing: Standing
    offer: Offer

    @cached_property
    def steps(self) -> list[ShownStep]:
        """Its steps, those that are not on offer any more left out."""
        return [
            ShownStep(
                one,
                title_of(one.step, self.offer),
                url_of(one.step, self.offer),
                minutes_of(one.step, self.offer),
                rules_of(one.step, self.programme, self.offer),
            )
            for one in self.standing.steps
            if one.state is not StepState.GONE
        ]

    @property
    def next_step(self) -> ShownStep | None:
        """What one can do now, the late ones first."""
        ready = [one for one in self.steps if one.standing.state is StepState.LATE]
        ready += [one for one in self.steps if one.standing.state is StepState.OPEN]
        return ready[0] if ready else None

    @property
    def ends_on(self) -> date:
        """The last day of all."""
        return max(one.due_on for one in self.standing.steps)


def programmes_visible_to(viewer: User) -> QuerySet[GivenProgramme]:
    """Return one's own programmes and those of people whom one oversees, the newest first."""
    own = Q(user=viewer) | Q(user__in=people_overseen_by(viewer))
    return _with_its_people(GivenProgramme.objects.standing().filter(own))


def _with_its_people(found: QuerySet[GivenProgramme]) -> QuerySet[GivenProgramme]:
    found = found.select_related("user", "given_by", "programme", "version")
    return found.defer("version__content").order_by("-given_at", "-pk")


@dataclass(frozen=True)
class GivenPage:
    """A stretch of programmes given, the newest first; the ids say where those beside it begin."""

    given: tuple[GivenProgramme, ...]
    before: int | None
    after: int | None


def given_page(
    viewer: User, text: str = "", *, after: int | None = None, before: int | None = None
) -> GivenPage:
    """Return programmes of the people whom the viewer oversees; `text` is of a name or a title."""
    overseen = GivenProgramme.objects.standing().filter(user__in=people_overseen_by(viewer))
    found = _with_its_people(overseen.exclude(user=viewer))
    if text:
        found = found.filter(
            Q(user__name__icontains=text)
            | Q(user__email__icontains=text)
            | Q(programme__title__icontains=text)
        )
    if before:
        newer = list(found.filter(pk__gt=before).order_by("pk")[: PAGE_SIZE + 1])
        rows, has_newer, has_older = newer[:PAGE_SIZE][::-1], len(newer) > PAGE_SIZE, True
    else:
        older = found.filter(pk__lt=after) if after else found
        ordered = list(older.order_by("-pk")[: PAGE_SIZE + 1])
        rows, has_newer, has_older = ordered[:PAGE_SIZE], bool(after), len(ordered) > PAGE_SIZE
    return GivenPage(
        tuple(rows),
        before=rows[0].pk if rows and has_newer else None,
        after=rows[-1].pk if rows and has_older else None,
    )


def shown(rows: Iterable[GivenProgramme], *, now: datetime) -> list[ShownProgramme]:
    """Return programmes with how far their people are, in seven queries for any number of them.

    What is asked of each person is what their own programmes name, and since they were given.
    """
    given = list(rows)
    if not given:
        return []
    parsed = {one.pk: programme_of(one.version) for one in given}
    versions = {one.version_id: parsed[one.pk] for one in given}
    offer = offer_of({step.module for one in versions.values() for step in one.steps})
    facts = _facts(given, parsed, offer)
    open_steps = {key: steps_on_offer(one, offer) for key, one in versions.items()}
    minutes = {
        key: {step.id: minutes_of(step, offer) for step in one.steps}
        for key, one in versions.items()
    }
    return [
        ShownProgramme(
            one,
            parsed[one.pk],
            standing(
                parsed[one.pk],
                done=_done(one, parsed[one.pk], offer, facts),
                on_offer=open_steps[one.version_id],
                minutes=minutes[one.version_id],
                starts_on=one.starts_on,
                today=local_date(now, one.user.time_zone),
                waiting=_waiting(one, parsed[one.pk], offer, facts),
            ),
            offer,
        )
        for one in given
    ]


def steps_on_offer(programme: Programme, offer: Offer) -> set[str]:
    """Return the ids of the steps whose module or call can be done now."""
    return {step.id for step in programme.steps if _is_on_offer(step, offer)}


def title_of(step: Step, offer: Offer) -> str:
    """Return what a step is called."""
    if step.title:
        return step.title
    if step.kind is StepKind.SCENARIO and (call := offer.calls.get((step.module, step.activity))):
        return call.title
    module = offer.modules.get(step.module)
    return module.title if module else step.id


def rules_of(step: Step, programme: Programme, offer: Offer) -> StepRules:
    """Return what a step waits for and is an alternative to."""
    needed = (programme.step(one) for one in step.needs)
    return StepRules(
        after=tuple(title_of(one, offer) for one in needed if one and _is_on_offer(one, offer)),
        enough=programme.enough_of(step.choice) if step.choice else 0,
        of=programme.members_of(step.choice) if step.choice else 0,
    )


def url_of(step: Step, offer: Offer) -> str:
    """Return where one does a step; a session is asked for."""
    if step.kind is StepKind.SESSION:
        return reverse("coaching:sessions")
    if step.kind is StepKind.SCENARIO and (call := offer.calls.get((step.module, step.activity))):
        return reverse("assessments:brief", args=[call.pk])
    module = offer.modules.get(step.module)
    return reverse("courses:module", args=[module.course.slug, module.slug]) if module else ""


def minutes_of(step: Step, offer: Offer) -> int:
    """Return how long a step takes: as its author says, else as the module says."""
    module = offer.modules.get(step.module)
    return step.minutes or (module.minutes if module else 0)


def _is_on_offer(step: Step, offer: Offer) -> bool:
    if step.kind is StepKind.SESSION:
        return True
    if step.kind is StepKind.SCENARIO:
        return (step.module, step.activity) in offer.calls
    return step.module in offer.modules


@dataclass(frozen=True)
class _Facts:
    """What people did: finished modules, ended runs with their card and time, sessions, ticks.

    `waiting` has the modules of which they handed in all that was left.
    """

    modules: set[tuple[int, int]]
    waiting: set[tuple[int, int]]
    runs: dict[tuple[int, int], list[tuple[str, datetime]]]
    sessions: dict[int, list[datetime]]
    ticks: set[tuple[int, str]]


def _facts(given: list[GivenProgramme], parsed: Mapping[int, Programme], offer: Offer) -> _Facts:
    people = {one.user_id for one in given}
    since = min(one.given_at for one in given)
    named = {
        (one.user_id, module.pk) for one in given for module in _modules_in(parsed[one.pk], offer)
    }
    completions = ModuleCompletion.objects.filter(
        user__in=people, module__in={module for _user, module in named}
    )
    finished = set(completions.values_list("user", "module"))
    ended: Collection[Any] = Attempt.objects.filter(
        user__in=people,
        activity__in=[call.pk for call in offer.calls.values()],
        finished_at__gte=since,
    ).values_list("user", "activity", "card", "finished_at")
    held = FeedbackSession.objects.filter(
        agent__in=people, state=SessionState.HELD, held_at__gte=since
    )
    runs: dict[tuple[int, int], list[tuple[str, datetime]]] = defaultdict(list)
    for user, activity, card, finished_at in ended:
        runs[user, activity].append((card, finished_at))
    sessions: dict[int, list[datetime]] = defaultdict(list)
    for agent, held_at in held.values_list("agent", "held_at"):
        if held_at is not None:
            sessions[agent].append(held_at)
    ticks = StepTick.objects.filter(given__in=[one.pk for one in given])
    return _Facts(
        modules=finished,
        waiting={pair for pair, steps in steps_of(named - finished).items() if steps.is_waiting},
        runs=runs,
        sessions=sessions,
        ticks=set(ticks.values_list("given", "step")),
    )


def _modules_in(programme: Programme, offer: Offer) -> list[Module]:
    """Return the modules on offer that one finishes in a programme."""
    return [
        module
        for step in programme.steps
        if step.kind is StepKind.MODULE and (module := offer.modules.get(step.module))
    ]


def _done(given: GivenProgramme, programme: Programme, offer: Offer, facts: _Facts) -> set[str]:
    """Return the ids of the steps that are done. Sessions since the start count in their order."""
    held = sum(at >= given.given_at for at in facts.sessions.get(given.user_id, ()))
    sessions = [step.id for step in programme.steps if step.kind is StepKind.SESSION]
    done = set(sessions[:held])
    for step in programme.steps:
        module = offer.modules.get(step.module)
        call = offer.calls.get((step.module, step.activity))
        match step.kind:
            case StepKind.MODULE:
                is_done = module is not None and (given.user_id, module.pk) in facts.modules
            case StepKind.SCENARIO:
                runs = facts.runs.get((given.user_id, call.pk), []) if call else []
                is_done = any(at >= given.given_at and step.card in ("", card) for card, at in runs)
            case StepKind.REFRESHER:
                is_done = (given.pk, step.id) in facts.ticks
            case _:
                continue
        if is_done:
            done.add(step.id)
    return done


def _waiting(given: GivenProgramme, programme: Programme, offer: Offer, facts: _Facts) -> set[str]:
    """Return the ids of the steps whose module waits for a mark."""
    modules = {module for user, module in facts.waiting if user == given.user_id}
    return {
        step.id
        for step in programme.steps
        if step.kind is StepKind.MODULE
        and (module := offer.modules.get(step.module)) is not None
        and module.pk in modules
    }
