"""A programme: ordered steps with prerequisites, choices and milestones, within days and hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from courses.content.parsing import ContentError, Problem, Reader, note_repeats
from courses.content.skills import Skill

FOLDER = "programmes"
MOST_STEPS = 40
_USUAL_MINUTES = {"refresher": 5, "session": 30, "scenario": 10}


class StepKind(StrEnum):
    """What one does in a step."""

    MODULE = "module"
    SCENARIO = "scenario"
    REFRESHER = "refresher"
    SESSION = "session"


@dataclass(frozen=True)
class Step:
    """One step: to be done by the end of the day `by_day`, counted from the start.

    `module` names a module as `course/module`; a scenario step names its `activity` and may name
    the `card` of its patient. The steps of one `choice` are alternatives. A step is open once
    all that it `needs` is done. A `milestone` is reached with the step and all before it.
    """

    id: str
    kind: StepKind
    by_day: int
    minutes: int = 0
    title: str = ""
    why: str = ""
    module: str = ""
    activity: str = ""
    card: str = ""
    needs: tuple[str, ...] = ()
    choice: str = ""
    milestone: str = ""


@dataclass(frozen=True)
class Choice:
    """So many steps of a group are enough."""

    id: str
    of: int


@dataclass(frozen=True)
class Programme:
    """What a programme is; `days` is how long one has from the start (its due policy)."""

    title: str
    summary: str
    days: int
    minutes_per_week: int
    steps: tuple[Step, ...]
    choices: tuple[Choice, ...] = ()
    skills: frozenset[Skill] = frozenset()

    def step(self, step_id: str) -> Step | None:
        """Return a step by its id."""
        return next((one for one in self.steps if one.id == step_id), None)

    def members_of(self, group: str) -> int:
        """Return how many steps are in a group."""
        return sum(one.choice == group for one in self.steps)

    def enough_of(self, group: str) -> int:
        """Return how many steps of a group are enough."""
        return next((one.of for one in self.choices if one.id == group), 1)


def read_programmes(library: Path) -> dict[str, Mapping[str, Any]]:
    """Return every programme of the library's folder by its slug, the file's name.

    Raises:
        ContentError: with every problem found, and the file it is in.
    """
    found: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for path in sorted((library / FOLDER).glob("*.yaml")):
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
            parse_programme(raw)
            found[path.stem] = raw
        except yaml.YAMLError as error:
            problems.append(Problem(f"{FOLDER}/{path.name}", f"This is not YAML: {error}"))
        except ContentError as error:
            problems.extend(Problem(f"{FOLDER}/{path.name}", str(one)) for one in error.problems)
    if problems:
        raise ContentError(problems)
    return found


def parse_programme(raw: Any) -> Programme:
    """Read a programme.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        programme = Programme(
            title=reader.text("title", longest=120),
            summary=reader.text("summary", longest=600),
            days=reader.whole("days", 1, 365),
            minutes_per_week=reader.whole("minutes_per_week", 10, 2400),
            steps=reader.each("steps", _read_step),
            choices=reader.each("choices", _read_choice, required=False),
            skills=reader.choices("skills", Skill),
        )
        _check(programme, reader)
    reader.finish()
    return programme


def as_raw(programme: Programme) -> dict[str, Any]:
    """Return a programme as `parse_programme` reads it."""
    return {
        "title": programme.title,
        "summary": programme.summary,
        "days": programme.days,
        "minutes_per_week": programme.minutes_per_week,
        "skills": sorted(programme.skills),
        "choices": [{"id": one.id, "of": one.of} for one in programme.choices],
        "steps": [_step_as_raw(step) for step in programme.steps],
    }


def _step_as_raw(step: Step) -> dict[str, Any]:
    fields = {**vars(step), "kind": step.kind.value, "needs": list(step.needs)}
    return {name: value for name, value in fields.items() if value not in ("", [])}


def _read_step(reader: Reader) -> Step:
    kind = reader.choice("kind", StepKind)
    step = Step(
        id=reader.text("id", longest=80),
        kind=kind,
        by_day=reader.whole("by_day", 1, 365),
        minutes=reader.whole("minutes", 0, 600, default=_USUAL_MINUTES.get(kind, 0)),
        title=reader.text("title", default="", longest=120),
        why=reader.text("why", default="", longest=300),
        module=reader.text("module", default="", longest=170),
        activity=reader.text("activity", default="", longest=80),
        card=reader.text("card", default="", longest=64),
        needs=reader.texts("needs", required=False),
        choice=reader.text("choice", default="", longest=80),
        milestone=reader.text("milestone", default="", longest=120),
    )
    if kind is not StepKind.SESSION and step.module.count("/") != 1:
        reader.note("module", "Name the module as course/module, by their folders.")
    if kind is StepKind.SCENARIO and not step.activity:
        reader.note("activity", "Name the scenario by its file, without “.scenario.yaml”.")
    if kind is StepKind.SESSION and not step.title:
        reader.note("title", "Say what the session is about.")
    return step


def _read_choice(reader: Reader) -> Choice:
    return Choice(reader.text("id", longest=80), reader.whole("of", 1, MOST_STEPS))


def _check(programme: Programme, reader: Reader) -> None:
    ids = [step.id for step in programme.steps]
    note_repeats(reader, "steps", ids)
    if len(ids) > MOST_STEPS:
        reader.note("steps", f"Write at most {MOST_STEPS} steps.")
    for number, step in enumerate(programme.steps):
        for needed in step.needs:
            if needed not in ids[:number]:
                reader.note(f"steps[{number}].needs", f"“{needed}” is no earlier step.")
        if step.by_day > programme.days:
            reader.note(f"steps[{number}].by_day", "This is later than the programme’s days.")
    for number, choice in enumerate(programme.choices):
        members = sum(step.choice == choice.id for step in programme.steps)
        if choice.of >= members:
            reader.note(f"choices[{number}].of", "Let at least one more step be in the group.")
