"""Reading the choices of a scenario, and what a patient card changes in them."""

from collections.abc import Mapping
from enum import StrEnum

from courses.content.fields import read_id
from courses.content.guards import read_when
from courses.content.parsing import Reader
from courses.content.scenario_shapes import (
    Action,
    Choice,
    ChoiceChange,
    Effectiveness,
    Effects,
)
from courses.content.scenario_speech import read_effects


class _GateCall(StrEnum):
    MET = "met"
    MISSED = "missed"


def read_choice(reader: Reader) -> Choice:
    """Read one answer an agent may give."""
    return Choice(
        id=read_id(reader),
        text=_read_text(reader, "text"),
        action=reader.choice("action", Action) if "action" in reader.raw else None,
        direction=_read_text(reader, "direction", default=""),
        when=read_when(reader),
        effects=read_effects(reader) or Effects(),
        effectiveness=_read_effectiveness(reader) or Effectiveness(1.0),
        sets=reader.texts("sets", required=False),
        clears=reader.texts("clears", required=False),
        gates=reader.within("gate", _read_gates) or (),
        then_says=_read_text(reader, "then_says", default=""),
        felt=_read_text(reader, "felt", default=""),
        why=_read_text(reader, "why", default=""),
        kind=reader.flag("kind"),
        fast=reader.flag("fast"),
        path=reader.path,
    )


def read_choice_change(reader: Reader) -> ChoiceChange:
    """Read what a card replaces in a choice; a field that is left out stays as it is."""
    return ChoiceChange(
        choice=reader.text("choice"),
        when=read_when(reader),
        text=_read_replacement(reader, "text"),
        direction=_read_replacement(reader, "direction"),
        effects=read_effects(reader),
        effectiveness=_read_effectiveness(reader) if "effectiveness" in reader.raw else None,
        sets=reader.texts("sets", required=False) if "sets" in reader.raw else None,
        clears=reader.texts("clears", required=False) if "clears" in reader.raw else None,
        then_says=_read_replacement(reader, "then_says"),
        felt=_read_replacement(reader, "felt"),
        why=_read_replacement(reader, "why"),
        path=reader.path,
    )


def _read_text(reader: Reader, key: str, *, default: str | None = None) -> str:
    return reader.text(key, default=default, longest=600)


def _read_replacement(reader: Reader, key: str) -> str | None:
    return _read_text(reader, key) if key in reader.raw else None


def _read_effectiveness(reader: Reader) -> Effectiveness | None:
    if isinstance(reader.raw.get("effectiveness"), Mapping):
        return reader.within("effectiveness", _read_panel_rating)
    return Effectiveness(reader.number("effectiveness", 1, 5))


def _read_panel_rating(reader: Reader) -> Effectiveness:
    return Effectiveness(
        mean=reader.number("mean", 1, 5),
        spread=reader.number("spread", 0, 4),
        raters=reader.whole("raters", 1, 10_000),
    )


def _read_gates(reader: Reader) -> tuple[tuple[str, bool], ...]:
    names = map(str, reader.raw)
    return tuple((name, reader.choice(name, _GateCall) is _GateCall.MET) for name in names)
