"""What the Python made from a template calls while it draws a page.

Whatever is not plain and usual raises here, and Django's own code decides then, with the same
result as ever. So the quick way can be short: it need not know the rare cases.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from html import escape
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.template import Context, Template, VariableDoesNotExist
from django.template.base import FilterExpression, render_value_in_context
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

from portal.kit.addresses import Site, current_site, reverse_quickly

__all__ = ["current_site", "get_language"]  # the code that is written uses them too

# Types whose objects are never called, and of which `x["name"]` never works: nobody tries it again.
# There are as many as there are classes; the limit is for programs that make classes without end.
plain: set[type] = set()
_TYPES_REMEMBERED = 5_000
_ITEMS_BY_NUMBER = {cls.__getitem__ for cls in (tuple, list, str)}
# What stands behind each `get_FIELD_display` of a model.
_DISPLAY: Any = Model._get_FIELD_display  # type: ignore[attr-defined]  # not in the stubs


class _Absent:
    """The value of a name that nobody put into the context, and of whatever one asks of it."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> "_Absent":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


ABSENT = _Absent()


class Unsure(Exception):
    """This is unusual: let Django decide."""


class InEachLanguage(dict[str | None, str]):
    """A text by language; drawn when a language is first asked for."""

    def __init__(self, draw: Callable[[], str]) -> None:
        super().__init__()
        self._draw = draw

    def __missing__(self, language: str | None) -> str:
        self[language] = text = self._draw()
        return text


def root(context: Context, name: str) -> Any:
    """Return what the context holds under a name, or ABSENT."""
    for layer in reversed(context.dicts):
        if name in layer:
            return layer[name]
    return ABSENT


def attribute(owner: Any, name: str) -> Any:
    """Return what `owner.name` means in a template."""
    if type(owner) in plain:
        value = getattr(owner, name)
    elif callable(owner) and not getattr(owner, "do_not_call_in_templates", False):
        raise Unsure
    else:
        value = _item_or_attribute(owner, name)
    return _called(value) if callable(value) else value


def sure(value: Any) -> Any:
    """Return a value that is there and that a template would not call."""
    if value is ABSENT or callable(value):
        raise Unsure
    return value


def known(value: Any) -> Any:
    """Return a value as a condition sees it: None for what is absent."""
    if callable(value):
        raise Unsure
    return None if value is ABSENT else value


def items(values: Any) -> Any:
    """Return what a loop goes through, with a length."""
    if values is None:
        return ()
    return values if hasattr(values, "__len__") else list(values)


def shown(value: Any, context: Context, expression: FilterExpression, template: Template) -> str:
    """Return a value as it stands in the page."""
    if value is ABSENT or callable(value):
        value = resolved(expression, context, template)
    return in_text(value, context)


def in_text(value: Any, context: Context) -> str:
    """Return what Django makes of a value; the usual kinds need nothing of what it tries first."""
    kind = type(value)
    if kind is SafeString:
        return value  # type: ignore[no-any-return]  # Django does not say more
    if kind is str:
        return escape(value)
    if isinstance(value, str | Promise):
        return conditional_escape(value)  # type: ignore[arg-type]  # the stubs know no Promise
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return render_value_in_context(value, context)


def shown_output(output: Any) -> str:
    """Return what a tag gave back as it stands in the page."""
    return output if type(output) is SafeString else conditional_escape(output)


def resolved(expression: FilterExpression, context: Context, template: Template) -> Any:
    """Let Django find a value. Tests that refuse unknown names read from `template` whose it is."""
    return expression.resolve(context)


def decided(condition: Any, context: Context) -> bool:
    """Let Django decide a condition."""
    try:
        return bool(condition.eval(context))
    except VariableDoesNotExist:
        return False


def filtered_safely(function: Callable[..., Any], value: Any, *args: Any, **options: Any) -> Any:
    """Apply a filter that keeps what is safe safe."""
    result = function(value, *args, **options)
    return mark_safe(result) if isinstance(value, SafeData) else result  # noqa: S308  (of parts that are escaped)


def part(value: Any, context: Context) -> str:
    """Return a value as it stands in a translated sentence."""
    if value is ABSENT:
        raise Unsure
    return in_text(value, context)


def csrf_input(token: Any, node: Any, context: Context) -> str:
    """Return the hidden field of a form that says which browser it was made for."""
    text = str(token) if token else ""
    if len(text) != CSRF_TOKEN_LENGTH or not text.isalnum():
        return node.render_annotated(context)  # type: ignore[no-any-return]  # Django does not say more
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{text}">'


def address(
    site: Site, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], is_optional: bool
) -> str:
    """Return the address of a page; "" for an optional one that there is not."""
    try:
        return reverse_quickly(name, args, kwargs, site=site)
    except NoReverseMatch:
        if is_optional:
            return ""
        raise


def _item_or_attribute(owner: Any, name: str) -> Any:
    kind = type(owner)
    item = getattr(kind, "__getitem__", None)
    if item is None:
        if not callable(owner) and len(plain) < _TYPES_REMEMBERED:
            plain.add(kind)
        return getattr(owner, name)
    if item in _ITEMS_BY_NUMBER:
        return owner[int(name)] if name.isdigit() else getattr(owner, name)
    try:
        return owner[name]
    except (TypeError, AttributeError, KeyError, ValueError, IndexError):
        return getattr(owner, name)


def _called(value: Any) -> Any:
    asked: Any = value.func if type(value) is partial else None
    if getattr(asked, "__func__", None) is _DISPLAY:
        field = value.keywords["field"]
        return _display(field, getattr(asked.__self__, field.attname), get_language())
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise Unsure
    return value()


@lru_cache(maxsize=5_000)
def _display(field: Any, value: Any, language: str | None) -> Any:
    """Return the words for a value of a field; Django goes through all its choices each time."""
    return _DISPLAY(SimpleNamespace(**{field.attname: value}), field)
