"""Draws the inputs of forms: the usual widgets in Python, all else from Django's templates.

A form of ten fields spends a third of its page on Django's templates for widgets, which open
another template for each option and each list of attributes. What comes out is the same, but for
empty lines.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.functional import Promise
from django.utils.html import conditional_escape

Widget = Mapping[str, Any]

_WIDGETS = "django/forms/widgets"
_OPTION = f"{_WIDGETS}/select_option.html"
_INPUTS = ("checkbox", "date", "email", "hidden", "number", "password", "text", "time", "url")


class QuickRenderer(TemplatesSetting):
    """For the setting `FORM_RENDERER`."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return the HTML of a widget, or of whatever else a form draws."""
        draw = _DRAWN.get(template_name)
        if draw is None or not _is_usual(context["widget"]):
            return super().render(template_name, context, request)
        return draw(context["widget"])


def _is_usual(widget: Widget) -> bool:
    return all(
        option["template_name"] == _OPTION
        for _name, options, _index in widget.get("optgroups", ())
        for option in options
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{_text(value)}"'
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{given}{_attrs(widget)}>'


def _textarea(widget: Widget) -> str:
    value = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attrs(widget)}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attrs(widget)}>{groups}\n</select>'


def _group(name: Any, options: list[Widget]) -> str:
    inner = "".join(f"\n  {_option(option)}" for option in options)
    if not name:
        return inner
    return f'\n  <optgroup label="{_shown(name)}">{inner}\n  </optgroup>'


def _option(option: Widget) -> str:
    value, label = _text(option["value"]), _shown(option["label"])
    return f'<option value="{value}"{_attrs(option)}>{label}</option>'


def _attrs(widget: Widget) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> str:
    """Return what is sent to the server and back, so never in the way of a language."""
    return escape(value) if type(value) is str else conditional_escape(str(value))


def _shown(value: Any) -> str:
    """Return what somebody reads, as in a template."""
    if isinstance(value, str | Promise):
        return conditional_escape(value)  # type: ignore[arg-type]  # the stubs know no Promise
    return render_value_in_context(value, Context())


_DRAWN: dict[str, Callable[[Widget], str]] = {
    f"{_WIDGETS}/select.html": _select,
    f"{_WIDGETS}/textarea.html": _textarea,
    **{f"{_WIDGETS}/{kind}.html": _input for kind in _INPUTS},
}
