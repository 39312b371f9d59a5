"""Inputs drawn in Python are what Django's templates give, but for empty lines."""

import re
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from portal.kit.form_renderer import _DRAWN, QuickRenderer

ODD = """<b> & "quoted" 'text'"""
CHOICES = [("", "None of them"), ("a", _("Other")), (1, ODD), (None, mark_safe("<i>x</i>")), (2, 3)]
GROUPED = [("A group & more", CHOICES[:2]), ("b", "Alone"), ("Last", [(7, "Seven")])]
ATTRS = {
    "class": "form-control",
    "required": True,
    "disabled": False,
    "data-n": 12345,
    "title": ODD,
}

SAMPLES: list[tuple[forms.Widget, Any]] = [
    *((forms.TextInput(), value) for value in ("", None, "words", ODD, 12345, mark_safe("<b>"))),
    (forms.EmailInput(), "ada@example.org"),
    (forms.URLInput(), "https://example.org/?a=1&b=2"),
    (forms.PasswordInput(), "hidden"),
    (forms.PasswordInput(render_value=True), "shown"),
    (forms.HiddenInput(), 5),
    (forms.NumberInput({"min": 1, "max": 366}), 1234567),
    (forms.DateInput({"type": "date"}, format="%Y-%m-%d"), date(2026, 11, 27)),
    (forms.TimeInput(), time(9, 30)),
    *((forms.CheckboxInput(), value) for value in (True, False, None, "yes")),
    *((forms.Textarea({"rows": 3}), value) for value in ("", None, ODD, "two\nlines ")),
    *((forms.Select(choices=CHOICES), value) for value in ("", None, "a", 1, "2", "gone")),
    (forms.Select(choices=GROUPED), 7),
    (forms.Select(), None),
    (forms.SelectMultiple(choices=GROUPED), ["a", 7]),
    (forms.NullBooleanSelect(), True),
    (forms.RadioSelect(choices=CHOICES), "a"),
    (forms.CheckboxSelectMultiple(choices=GROUPED), ["a"]),
    (forms.ClearableFileInput(), None),
    (forms.SplitDateTimeWidget(), None),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample[0]).__name__)
@pytest.mark.parametrize("attrs", [None, ATTRS], ids=["bare", "with attributes"])
def test_an_input_is_what_djangos_templates_give(
    sample: tuple[forms.Widget, Any], attrs: dict[str, Any] | None
) -> None:
    widget, value = sample
    drawn = widget.render("field & name", value, attrs, renderer=QuickRenderer())
    by_templates = widget.render("field & name", value, attrs, renderer=TemplatesSetting())
    assert _without_empty_lines(drawn) == _without_empty_lines(by_templates)


def _without_empty_lines(html: str) -> str:
    return re.sub(r"\n\n(?= *<)", "\n", html)


def test_each_template_that_is_drawn_in_python_is_among_the_samples() -> None:
    assert set(_DRAWN) <= {widget.template_name for widget, _value in SAMPLES}


def test_a_widget_with_options_of_its_own_is_left_to_its_templates() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/checkbox_option.html"

    widget = Own(choices=CHOICES)
    drawn = widget.render("name", "a", renderer=QuickRenderer())
    assert drawn == widget.render("name", "a", renderer=TemplatesSetting())
