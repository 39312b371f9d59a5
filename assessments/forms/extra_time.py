"""How much more time somebody gets in quizzes, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.fields import WordsField

CHOICES = (
    (0, _("No extra time")),
    (25, _("A quarter more (25%)")),
    (50, _("Half as much again (50%)")),
    (100, _("Twice the time (100%)")),
    (200, _("Three times the time (200%)")),
)


class ExtraTimeForm(forms.Form):
    """One step of a few, and the reason that was agreed on."""

    percent = forms.TypedChoiceField(
        label=_("Time in quizzes"),
        choices=CHOICES,
        coerce=int,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    reason = WordsField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you agreed on is enough. Leave out diagnoses."),
        error_messages={"required": _("Write a few words, so that the next lead understands.")},
    )
