"""The Python text of one template in the making: its lines, its constants and its names."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.template import Template

from portal.kit.quick_templates import running

_INDENT = "    "
_HEAD = (
    "def draw(context, add):",
    f"{_INDENT}language = get_language()",
    f"{_INDENT}site = current_site()",
)
BUILTIN_NAMES = {"True": "True", "False": "False", "None": "None"}


class CannotWrite(Exception):
    """This template has to be drawn by Django."""


class Source:
    """Lines of Python, and the objects that they refer to.

    `shared` are names that some node may change on the way. They are looked up in the context each
    time; of all others the value is taken once.
    """

    def __init__(self, shared: frozenset[str], *, is_all_shared: bool) -> None:
        self.objects: dict[str, Any] = {**vars(running)}
        self.assigned: set[str] = set()
        self.has_unknown = False
        self._shared = shared
        self._is_all_shared = is_all_shared
        self._lines: list[str] = []
        self._depth = 1
        self._text: list[str] = []
        self._roots: dict[str, str] = {}
        self._scopes: list[dict[str, str]] = [{}]
        self._is_closed = [False]
        self._count = 0

    # Lines

    def line(self, code: str) -> None:
        """Add a statement."""
        self._flush()
        self._lines.append(_INDENT * self._depth + code)

    def text(self, text: str) -> None:
        """Add text of the page; pieces that follow each other become one."""
        self._text.append(text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Add a statement with a body."""
        self.line(head)
        self._depth += 1
        self.line("pass")
        yield
        self._flush()
        self._depth -= 1

    def whole(self) -> str:
        """Return the function."""
        self._flush()
        roots = [f"{_INDENT}{code} = root(context, {name!r})" for name, code in self._roots.items()]
        return "\n".join([*_HEAD, *roots, *self._lines])

    def _flush(self) -> None:
        if text := "".join(self._text):
            self._text.clear()
            self._lines.append(f"{_INDENT * self._depth}add({text!r})")

    # Objects and names

    def constant(self, value: Any) -> str:
        """Return the name under which the code finds an object."""
        name = self.new_name("k")
        self.objects[name] = value
        return name

    def template(self, template: Template) -> str:
        """Return the name of a template, the same for all its nodes."""
        name = f"t{id(template)}"
        self.objects[name] = template
        return name

    def new_name(self, letter: str) -> str:
        """Return a name that is not in use."""
        self._count += 1
        return f"{letter}{self._count}"

    def name(self, name: str) -> str:
        """Return code for what the context holds under a name."""
        if name == "block":
            raise CannotWrite  # of the block only `block.super` is known, which has no name
        if self._is_all_shared or name in self._shared:
            return f"root(context, {name!r})"
        for scope, is_closed in zip(reversed(self._scopes), reversed(self._is_closed), strict=True):
            if name in scope:
                return scope[name]
            if is_closed:
                return BUILTIN_NAMES.get(name, "ABSENT")
        if name not in self._roots:
            self._roots[name] = self.new_name("r")
        return self._roots[name]

    @contextmanager
    def scope(self, names: dict[str, str], *, is_closed: bool = False) -> Iterator[None]:
        """Give names a meaning within; in a closed scope there are no others."""
        self._scopes.append(names)
        self._is_closed.append(is_closed)
        yield
        self._scopes.pop()
        self._is_closed.pop()

    def assign(self, name: str, code: str) -> None:
        """Put something into the context."""
        self.assigned.add(name)
        self.line(f"context.dicts[-1][{name!r}] = {code}")
