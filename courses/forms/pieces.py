"""Forms made from the description of a piece: what stands in them, and what they send back.

What is typed goes into the draft as it is, finished or not; whether it can be used is for the
checks to say, beside the field that they are about. Fields that a form does not know stay.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.content.editing import Place, Raw, out_of_order, with_ids
from courses.content.findings import Finding
from courses.content.plain_writing import as_html, as_typed
from courses.content.quiz_items import ItemType
from courses.forms.shapes import Kind, Shape
from portal.kit.fields import tidy_words

Choices = Mapping[str, Sequence[tuple[Any, Any]]]
Found = Sequence[tuple[Place, Finding]]

MOST_ROWS = 60
# Which row of the draft a row of a form comes from; it is no part of the content.
_WAS = "\0was"
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?")


@dataclass(frozen=True)
class RowView:
    """One row of a field: the prefix of its names, its number from 1, its fields, its findings."""

    prefix: str
    number: int
    was: str
    row_id: str
    fields: tuple["FieldView", ...]
    findings: tuple[Finding, ...]
    is_last: bool


@dataclass(frozen=True)
class FieldView:
    """A field as a form shows it; `choices` are value, name, and whether it is chosen."""

    name: str
    shape: Shape
    value: Any
    findings: tuple[Finding, ...]
    choices: tuple[tuple[str, Any, bool], ...] = ()
    rows: tuple[RowView, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether a finding forbids publishing."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def described_by(self) -> str:
        """The ids of what is said about it."""
        ids = []
        if self.shape.help:
            ids.append(f"id_{self.name}_help")
        if self.findings:
            ids.append(f"id_{self.name}_found")
        return " ".join(ids)


def fields_of(
    shapes: Sequence[Shape], raw: Raw, *, choices: Choices, found: Found = ()
) -> tuple[FieldView, ...]:
    """Return the fields of a piece; `choices` are the lists that the page gives, by name."""
    return tuple(_views(shapes, raw, choices, found, (), ""))


def loose_findings(fields: Sequence[FieldView], found: Found) -> tuple[Finding, ...]:
    """Return the findings that no field and no row shows."""
    shown = {id(finding) for finding in _shown(fields)}
    return tuple(finding for _place, finding in found if id(finding) not in shown)


def _shown(fields: Sequence[FieldView]) -> Iterator[Finding]:
    for one in fields:
        yield from one.findings
        for row in one.rows:
            yield from row.findings
            yield from _shown(row.fields)


def _views(
    shapes: Sequence[Shape],
    raw: Raw,
    choices: Choices,
    found: Found,
    path: tuple[str | int, ...],
    prefix: str,
) -> Iterator[FieldView]:
    if not path:
        choices = {**choices, "answers": _answers_of(raw)}
    for shape in shapes:
        value, here = raw.get(shape.name), (*path, shape.name)
        name = f"{prefix}{shape.name}"
        yield FieldView(
            name=name,
            shape=shape,
            value=_shown_value(shape, value),
            findings=_at(found, here),
            choices=_choices_of(shape, value, choices),
            rows=tuple(_rows(shape, value, choices, found, here, name)),
        )


def _rows(
    shape: Shape,
    value: Any,
    choices: Choices,
    found: Found,
    path: tuple[str | int, ...],
    name: str,
) -> Iterator[RowView]:
    rows = value if shape.kind is Kind.ROWS and isinstance(value, list) else []
    for place, listed in enumerate(rows):
        row = listed if isinstance(listed, Mapping) else {}
        here, prefix = (*path, place), f"{name}-{place}-"
        fields = tuple(_views(shape.parts, row, choices, found, here, prefix))
        yield RowView(
            prefix=prefix,
            number=place + 1,
            was=str(row.get(_WAS, place)),
            row_id=str(row.get("id", "")) if shape.with_ids else "",
            fields=fields,
            findings=_left_over(found, here, fields),
            is_last=place == len(rows) - 1,
        )


def _at(found: Found, path: tuple[str | int, ...]) -> tuple[Finding, ...]:
    """Return the findings of a field; of what is below only where no row shows it."""
    return tuple(finding for place, finding in found if place.steps == path)


def _left_over(
    found: Found, path: tuple[str | int, ...], fields: Sequence[FieldView]
) -> tuple[Finding, ...]:
    """Return the findings of a row that none of its fields shows."""
    below = [one for place, one in found if place.steps[: len(path)] == path]
    shown = {id(finding) for finding in _shown(fields)}
    return tuple(one for one in below if id(one) not in shown)


def _shown_value(shape: Shape, value: Any) -> Any:
    if shape.kind is Kind.TICK:
        return value is True
    if shape.kind is Kind.ROWS:
        return None
    if shape.kind is Kind.LINES:
        return "\n".join(" ".join(str(one).split()) for one in value or [])
    if shape.kind is Kind.RICH and isinstance(value, str):
        return as_typed(value)
    return "" if value is None else str(value)


def _choices_of(shape: Shape, value: Any, given: Choices) -> tuple[tuple[str, Any, bool], ...]:
    if shape.kind is not Kind.CHOICE:
        return ()
    listed = given.get(shape.choices, ()) if isinstance(shape.choices, str) else shape.choices
    known = {str(one) for one, _name in listed}
    own = [] if value in (None, "") or str(value) in known else [(value, value)]
    chosen = "" if value is None else str(value)
    return tuple((str(one), name, str(one) == chosen) for one, name in [*listed, *own])


def _answers_of(raw: Raw) -> list[tuple[str, str]]:
    """Return the answers of a matching item, which its lines go with."""
    answers = raw.get("answers")
    rows = [one for one in answers if isinstance(one, Mapping)] if isinstance(answers, list) else []
    return [(str(one.get("id", "")), str(one.get("text") or one.get("id", ""))) for one in rows]


def as_sent(shapes: Sequence[Shape], sent: Mapping[str, Any], before: Raw) -> dict[str, Any]:
    """Return a piece as its form was sent, with what the form does not know from `before`."""
    return _read(shapes, sent, before, "")


def rearranged(raw: Raw, do: str, shapes: Sequence[Shape]) -> dict[str, Any]:
    """Return a piece with a row added, taken out or moved, as `add:options` or `up:options-2`."""
    what, _colon, name = do.partition(":")
    steps = name.split("-")
    if what == "add":
        return _with_rows(raw, shapes, steps, lambda rows, shape: [*rows, _empty(shape)])
    place = int(steps.pop()) if steps[-1].isdecimal() else -1

    def change(rows: list[Any], _shape: Shape) -> list[Any]:
        if not 0 <= place < len(rows):
            return rows
        row = rows.pop(place)
        if what != "remove":
            rows.insert(max(0, place + (1 if what == "down" else -1)), row)
        return rows

    return _with_rows(raw, shapes, steps, change)


def settled(item_type: str, raw: Raw) -> dict[str, Any]:
    """Return a piece as a draft keeps it, with ids that do not give an answer away."""
    piece: dict[str, Any] = _without_marks(raw)
    options = piece.get("options")
    if isinstance(options, list) and item_type == ItemType.ORDERING:
        piece["options"] = out_of_order(options)
    if isinstance(options, list) and item_type == ItemType.RANK_ALL:
        piece["options"] = out_of_order(options, _from_the_best)
    return piece


def begun(shapes: Sequence[Shape], begins_with: Raw) -> dict[str, Any]:
    """Return what a new piece is before anybody typed: rows to fill in, and what is usual."""
    rows = {
        shape.name: [_empty(shape) for _ in range(shape.fewest)]
        for shape in shapes
        if shape.kind is Kind.ROWS and shape.fewest
    }
    return {**rows, **begins_with}


def _from_the_best(option: Raw) -> float:
    rating = option.get("rating")
    return -float(rating) if isinstance(rating, int | float) else 0.0


def _empty(shape: Shape) -> dict[str, Any]:
    row: dict[str, Any] = {_WAS: ""}
    for part in shape.parts:
        if part.kind is Kind.ROWS:
            row[part.name] = [_empty(part) for _ in range(part.fewest)]
    return with_ids([row])[0] if shape.with_ids else row


def _with_rows(raw: Raw, shapes: Sequence[Shape], steps: list[str], change: Any) -> dict[str, Any]:
    """Change the rows that `steps` lead to, such as `rubric`, `0`, `levels`."""
    shape = next((one for one in shapes if one.name == steps[0] and one.parts), None)
    if shape is None:
        return dict(raw)
    rows = [dict(row) for row in raw.get(shape.name) or [] if isinstance(row, Mapping)]
    if len(steps) == 1:
        rows = change(rows, shape)[:MOST_ROWS]
    elif steps[1].isdecimal() and int(steps[1]) < len(rows) and steps[2:]:
        place = int(steps[1])
        rows[place] = _with_rows(rows[place], shape.parts, steps[2:], change)
    return {**raw, shape.name: rows}


def _read(
    shapes: Sequence[Shape], sent: Mapping[str, Any], before: Raw, prefix: str
) -> dict[str, Any]:
    piece = dict(before)
    for shape in shapes:
        name = f"{prefix}{shape.name}"
        value = _value(shape, sent, before.get(shape.name), name)
        if value is None:
            piece.pop(shape.name, None)
        else:
            piece[shape.name] = value
    return piece


def _value(shape: Shape, sent: Mapping[str, Any], before: Any, name: str) -> Any:
    """Return what was sent for a field, or None to leave it out."""
    if shape.kind is Kind.ROWS:
        return _sent_rows(shape, sent, before, name) or None
    if shape.kind is Kind.TICK:
        return True if name in sent else (False if before is False else None)
    typed = tidy_words(str(sent.get(name, "")))
    if typed == tidy_words(_shown_value(shape, before)):
        return before
    return _VALUES.get(shape.kind, _words)(typed, shape) if typed else None


def _words(typed: str, _shape: Shape) -> str:
    return typed


def _line(typed: str, _shape: Shape) -> str:
    return " ".join(typed.split("\n"))


def _rich(typed: str, _shape: Shape) -> str:
    return as_html(typed)


def _lines(typed: str, _shape: Shape) -> list[str]:
    return [one.strip() for one in typed.splitlines() if one.strip()]


def _number(typed: str, _shape: Shape) -> Any:
    """Return a number; whatever else is typed stays, for the checks to speak of."""
    if not _NUMBER.fullmatch(typed):
        return typed
    return float(typed) if "." in typed else int(typed)


def _choice(typed: str, shape: Shape) -> Any:
    if isinstance(shape.choices, str):
        return typed
    return next((one for one, _label in shape.choices if str(one) == typed), typed)


_VALUES: dict[Kind, Callable[[str, Shape], Any]] = {
    Kind.LINE: _line,
    Kind.RICH: _rich,
    Kind.LINES: _lines,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
}


def _sent_rows(shape: Shape, sent: Mapping[str, Any], before: Any, name: str) -> list[Any]:
    count = str(sent.get(f"{name}-n", "0"))
    listed = before if isinstance(before, list) else []
    olds = [old if isinstance(old, Mapping) else {} for old in listed]
    rows = []
    for place in range(min(int(count), MOST_ROWS) if count.isdecimal() else 0):
        prefix = f"{name}-{place}-"
        was, row_id = str(sent.get(f"{prefix}was", "")), str(sent.get(f"{prefix}id", ""))
        if shape.with_ids:
            old = next((one for one in olds if row_id and one.get("id") == row_id), {})
        else:
            old = olds[int(was)] if was.isdecimal() and int(was) < len(olds) else {}
        row = _read(shape.parts, sent, old, prefix)
        if shape.with_ids and row_id:
            row["id"] = row_id
        rows.append(row | {_WAS: was})
    return with_ids(rows) if shape.with_ids else rows


def _without_marks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_marks(one) for name, one in value.items() if name != _WAS}
    return [_without_marks(one) for one in value] if isinstance(value, list) else value
