"""The knob of the evidence model."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.skill_check import AS_MODELLED, SCALES
from portal.kit.fields import WordsField


def _name(percent: int) -> Any:
    return _("As modelled (100%)") if percent == AS_MODELLED else f"{percent}%"


class NoiseForm(forms.Form):
    """One of a few settings, and why."""

    percent = forms.TypedChoiceField(
        label=_("Noise of all evidence"),
        choices=[(percent, _name(percent)) for percent in SCALES],
        coerce=int,
        help_text=_("More noise makes likely ranges wider and lets each result move them less."),
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    reason = WordsField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a few words, so that the next admin understands.")},
    )
