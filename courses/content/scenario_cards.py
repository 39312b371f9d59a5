"""Reading patient cards: each tells the scenario's story with its own patient."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from courses.content.fields import read_id
from courses.content.guards import HIGHEST, LOWEST
from courses.content.parsing import Reader, note_repeats
from courses.content.patient_kinds import PatientKind
from courses.content.scenario_choices import read_choice_change
from courses.content.scenario_shapes import (
    Card,
    ChoiceChange,
    Ending,
    Moment,
    Opening,
    Speech,
    ThinkTime,
)
from courses.content.scenario_speech import read_facts, read_speech, read_think_time


@dataclass(frozen=True)
class _Change:
    """What a card says differently at one moment or ending; a card's own speech comes first."""

    subject: str
    title: str
    says: Speech
    direction: Speech
    expert: str = ""
    hint: str = ""
    think_time: ThinkTime | None = None
    for_patient: str = ""
    choices: tuple[ChoiceChange, ...] = ()


def read_card(
    reader: Reader, opening: Opening, moments: tuple[Moment, ...], endings: tuple[Ending, ...]
) -> Card:
    """Read a card and tell the story its way: `moments` and `endings` with its changes."""
    return Card(
        id=read_id(reader),
        name=reader.text("name", longest=80),
        age=reader.whole("age", 0, 120),
        pronouns=reader.text("pronouns", default="", longest=40),
        language=reader.text("language", default="", longest=120),
        kinds=reader.choices("kinds", PatientKind),
        about=reader.text("about", default="", longest=600),
        asks_for=reader.text("asks_for", default="", longest=200),
        wants=reader.text("wants", default="", longest=200),
        knows=reader.text("knows", default="", longest=200),
        holds_back=reader.text("holds_back", default="", longest=200),
        under_strain=reader.text("under_strain", default="", longest=200),
        account=read_facts(reader, "account"),
        opening=reader.within("start", lambda one: _read_opening(one, opening)) or opening,
        moments=_moments_told(reader, moments),
        endings=_endings_told(reader, endings),
        path=reader.path,
    )


def _read_opening(reader: Reader, usual: Opening) -> Opening:
    return Opening(
        trust=reader.whole("trust", LOWEST, HIGHEST, default=usual.trust),
        distress=reader.whole("distress", LOWEST, HIGHEST, default=usual.distress),
        understanding=reader.whole("understanding", LOWEST, HIGHEST, default=usual.understanding),
        flags=usual.flags | frozenset(reader.texts("flags", required=False)),
    )


def _moments_told(reader: Reader, moments: tuple[Moment, ...]) -> dict[str, Moment]:
    told = {moment.id: moment for moment in moments}
    changes = reader.each("moments", _read_moment_change, required=False)
    _note_misnamed(reader, "moments", "moment", changes, told)
    for change in changes:
        if moment := told.get(change.subject):
            _note_unknown_choices(reader, moment, change)
            told[moment.id] = _told_moment(moment, change)
    return told


def _endings_told(reader: Reader, endings: tuple[Ending, ...]) -> dict[str, Ending]:
    told = {ending.id: ending for ending in endings}
    changes = reader.each("endings", _read_ending_change, required=False)
    _note_misnamed(reader, "endings", "ending", changes, told)
    for change in changes:
        if ending := told.get(change.subject):
            told[ending.id] = _told_ending(ending, change)
    return told


def _read_moment_change(reader: Reader) -> _Change:
    return _Change(
        subject=reader.text("moment"),
        title=reader.text("title", default="", longest=120),
        direction=read_speech(reader, "direction"),
        says=read_speech(reader, "says"),
        expert=reader.text("expert", default="", longest=600),
        hint=reader.text("hint", default="", longest=300),
        think_time=read_think_time(reader),
        choices=reader.each("choices", read_choice_change, required=False),
    )


def _read_ending_change(reader: Reader) -> _Change:
    return _Change(
        subject=reader.text("ending"),
        title=reader.text("title", default="", longest=120),
        direction=read_speech(reader, "direction"),
        says=read_speech(reader, "says"),
        for_patient=reader.text("for_patient", default="", longest=600),
    )


def _told_moment(moment: Moment, change: _Change) -> Moment:
    return replace(
        moment,
        title=change.title or moment.title,
        direction=_own_first(change.direction, moment.direction),
        says=_own_first(change.says, moment.says),
        expert=change.expert or moment.expert,
        hint=change.hint or moment.hint,
        think_time=change.think_time or moment.think_time,
        choices=tuple(
            replace(choice, changes=tuple(c for c in change.choices if c.choice == choice.id))
            for choice in moment.choices
        ),
    )


def _told_ending(ending: Ending, change: _Change) -> Ending:
    return replace(
        ending,
        title=change.title or ending.title,
        direction=_own_first(change.direction, ending.direction),
        says=_own_first(change.says, ending.says),
        for_patient=change.for_patient or ending.for_patient,
    )


def _own_first(own: Speech, usual: Speech) -> Speech:
    return replace(own, otherwise=usual) if own.parts else usual


def _note_misnamed(
    reader: Reader, key: str, name: str, changes: tuple[_Change, ...], known: Collection[str]
) -> None:
    note_repeats(reader, key, [change.subject for change in changes])
    for number, change in enumerate(changes):
        if change.subject not in known:
            place = f"{key}[{number}].{name}"
            reader.note(place, f"There is no {name} “{change.subject}” in this scenario.")


def _note_unknown_choices(reader: Reader, moment: Moment, change: _Change) -> None:
    known = {choice.id for choice in moment.choices}
    for choice_change in change.choices:
        if choice_change.choice not in known:
            place = choice_change.path.removeprefix(f"{reader.path}.")
            sentence = f"“{moment.id}” has no choice “{choice_change.choice}”."
            reader.note(f"{place}.choice", sentence)
