"""Templates that fail on a variable nobody gave them, where production would print nothing."""

import sys
from pathlib import Path
from types import FrameType
from typing import Self

from django.template import Origin, Template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class UndefinedVariable(Exception):
    """A template of ours shows a variable that its view did not provide."""


class RefuseUndefined(str):
    """For the setting `string_if_invalid`: raises in our templates, prints nothing in others.

    Django puts the variable's name in with `%` when the setting holds a "%s".
    """

    __slots__ = ()

    def __new__(cls) -> Self:
        return super().__new__(cls, "%s")

    def __mod__(self, name: object) -> str:
        template = _template_being_rendered()
        if template and Path(template).is_relative_to(TEMPLATES):
            place = Path(template).relative_to(TEMPLATES)
            raise UndefinedVariable(f"{place} shows {{{{ {name} }}}}, which is not defined.")
        return ""


def _template_being_rendered() -> str | None:
    """Return the file of the innermost node that is being rendered."""
    frame: FrameType | None = sys._getframe(2)
    while frame:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if isinstance(origin, Origin):
            return origin.name
        template = frame.f_locals.get("template")
        if isinstance(template, Template):
            return template.origin.name
        frame = frame.f_back
    return None
