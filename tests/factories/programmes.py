"""Programmes to test with."""

from collections.abc import Mapping
from typing import Any

from courses.actions.programmes import publish_programme
from courses.models import Activity, Module, ProgrammeVersion
from tests.factories.moments import MONDAY


def path_of(module: Module) -> str:
    """Return how a step names a module."""
    return f"{module.course.slug}/{module.slug}"


def steps_of(module: Module, call: Activity | None = None) -> list[dict[str, Any]]:
    """Return one step of each kind; the call is of the same module."""
    where = {"module": path_of(module)}
    steps = [
        {"id": "learn", "kind": "module", "by_day": 5, **where},
        {"id": "cards", "kind": "refresher", "title": "Cards", "by_day": 8, **where},
        {"id": "talk", "kind": "session", "title": "Talk", "by_day": 14},
    ]
    if call:
        play = {"id": "play", "kind": "scenario", "by_day": 7, "activity": call.slug}
        steps.insert(1, {**play, **where, "card": "ana"})
    return steps


def programme_raw(module: Module, call: Activity | None = None, **fields: Any) -> dict[str, Any]:
    """Return a programme of two weeks with one step of each kind."""
    return {
        "title": "Two weeks",
        "summary": "What they are for.",
        "days": 14,
        "minutes_per_week": 60,
        "steps": steps_of(module, call),
    } | fields


def published(raw: Mapping[str, Any], slug: str = "two-weeks") -> ProgrammeVersion:
    """Return a programme as it was published on Monday."""
    return publish_programme(slug, raw, by=None, at=MONDAY)
