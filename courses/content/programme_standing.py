"""How far somebody is in a programme, and whether they are on track. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from courses.content.programme import Programme, Step


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    OPEN = "open"
    LATE = "late"
    WAITING = "waiting"  # handed in, and a lead still has to mark it
    LOCKED = "locked"
    SPARE = "spare"  # another step of its choice was enough
    GONE = "gone"  # not on offer any more


_TO_DO = (StepState.OPEN, StepState.LATE)


class Track(StrEnum):
    """Where a programme stands."""

    FINISHED = "finished"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"


@dataclass(frozen=True)
class StepStanding:
    """A step of somebody's programme."""

    step: Step
    state: StepState
    due_on: date

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do in it."""
        return self.state in (StepState.DONE, StepState.SPARE, StepState.GONE)


@dataclass(frozen=True)
class Standing:
    """Somebody's programme on a day. `reasons` says what puts it at risk."""

    steps: tuple[StepStanding, ...]
    track: Track
    done: int
    total: int
    minutes_left: int
    reached: tuple[str, ...]
    late: int
    does_not_fit: bool


def standing(
    programme: Programme,
    *,
    done: Collection[str],
    on_offer: Collection[str],
    minutes: Mapping[str, int],
    starts_on: date,
    today: date,
    waiting: Collection[str] = (),
) -> Standing:
    """Return how a programme stands, from the ids of its steps that are done and on offer.

    Of those `waiting`, all that is left was handed in. It is at risk when a step is late, or when
    what is left takes longer than the hours left.
    """
    found = [
        (step, _state(programme, step, done, on_offer, starts_on=starts_on, today=today))
        for step in programme.steps
    ]
    states = tuple(
        StepStanding(
            step,
            StepState.WAITING if state in _TO_DO and step.id in waiting else state,
            starts_on + timedelta(days=step.by_day),
        )
        for step, state in found
    )
    left = [one for one in states if not one.is_settled]
    to_do = [one for one in left if one.state is not StepState.WAITING]
    minutes_left = _minutes_left(programme, to_do, minutes)
    days_left = (starts_on + timedelta(days=programme.days) - today).days + 1
    fits = minutes_left <= max(0, days_left) / 7 * programme.minutes_per_week
    late = sum(one.state is StepState.LATE for one in left)
    return Standing(
        steps=states,
        track=Track.FINISHED if not left else Track.AT_RISK if late or not fits else Track.ON_TRACK,
        done=_counted(programme, [one for one in states if one.state is StepState.DONE]),
        total=_counted(programme, [one for one in states if one.state is not StepState.GONE]),
        minutes_left=minutes_left,
        reached=tuple(_reached(states)),
        late=late,
        does_not_fit=bool(left) and not fits,
    )


def _state(
    programme: Programme,
    step: Step,
    done: Collection[str],
    on_offer: Collection[str],
    *,
    starts_on: date,
    today: date,
) -> StepState:
    if step.id in done:
        return StepState.DONE
    if step.id not in on_offer:
        return StepState.GONE
    if step.choice and _chosen(programme, step.choice, done) >= programme.enough_of(step.choice):
        return StepState.SPARE
    # A needed step that is not on offer any more, or that another choice replaced, locks nothing.
    if any(
        needed not in done and needed in on_offer and not _is_spare(programme, needed, done)
        for needed in step.needs
    ):
        return StepState.LOCKED
    return StepState.LATE if today > starts_on + timedelta(days=step.by_day) else StepState.OPEN


def _is_spare(programme: Programme, step_id: str, done: Collection[str]) -> bool:
    step = programme.step(step_id)
    if step is None or not step.choice:
        return False
    return _chosen(programme, step.choice, done) >= programme.enough_of(step.choice)


def _chosen(programme: Programme, group: str, done: Collection[str]) -> int:
    return sum(step.choice == group and step.id in done for step in programme.steps)


def _counted(programme: Programme, states: list[StepStanding]) -> int:
    """Count steps; of a choice never more than are enough."""
    of_groups = Counter(one.step.choice for one in states if one.step.choice)
    alone = sum(not one.step.choice for one in states)
    return alone + sum(min(n, programme.enough_of(group)) for group, n in of_groups.items())


def _minutes_left(
    programme: Programme, left: list[StepStanding], minutes: Mapping[str, int]
) -> int:
    """Add up what is left; of a choice only as many steps as are enough, the shortest."""
    total, groups = 0, dict.fromkeys(one.step.choice for one in left if one.step.choice)
    total += sum(minutes.get(one.step.id, one.step.minutes) for one in left if not one.step.choice)
    for group in groups:
        of_group = [one for one in left if one.step.choice == group]
        lengths = sorted(minutes.get(one.step.id, one.step.minutes) for one in of_group)
        total += sum(lengths[: programme.enough_of(group)])
    return total


def _reached(states: tuple[StepStanding, ...]) -> list[str]:
    """Return the milestones up to which everything is settled."""
    reached: list[str] = []
    for one in states:
        if not one.is_settled:
            break
        if one.step.milestone:
            reached.append(one.step.milestone)
    return reached
