"""What one says of one's own skills, and a lead's answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.fields import WordsField

LONGEST = 2000
STEPS = [
    ("1", _("1 · Still new to me")),
    ("2", _("2 · Now and then")),
    ("3", _("3 · On most calls")),
    ("4", _("4 · On hard calls too")),
    ("5", _("5 · I could show others")),
]


class SelfRatingForm(forms.Form):
    """How one rates oneself."""

    rating = forms.TypedChoiceField(
        label=_("How often do callers get this from you?"),
        coerce=int,
        choices=STEPS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the step that fits best today."),
            "invalid_choice": _("Choose one of the five steps."),
        },
    )


class OtherViewForm(forms.Form):
    """How one sees it."""

    words = WordsField(
        label=_("How do you see it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What does the evidence miss? A call, a hard day, a question that was unclear. "
            "Leave out anything that could name a real patient."
        ),
        error_messages={"required": _("Write how you see it first.")},
    )


class AnswerForm(forms.Form):
    """What a lead answers."""

    answer = WordsField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what you take from it and what happens now: another look, or a call."),
        error_messages={"required": _("Write your answer first.")},
    )
