"""What people say about the coach of typed replies, and how they mark their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import OwnMark
from courses.content.reply_coach import Rule
from portal.kit.fields import WordsField

LONGEST_NOTE = 500
_MARK = "mark-"


class CoachReportForm(forms.Form):
    """Which observation is wrong, and why, if one likes to say so."""

    rule = forms.TypedChoiceField(
        choices=[(one.value, one.value) for one in Rule], coerce=Rule, widget=forms.HiddenInput
    )
    start = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, max_value=10_000, widget=forms.HiddenInput)
    note = WordsField(
        label=_("What is wrong about it?"),
        help_text=_("You may leave this empty."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OwnMarksForm(forms.Form):
    """How near one's reply came to each of the panel's; what is not chosen stays as it is."""

    def __init__(self, *args: Any, replies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reply in replies:
            self.fields[f"{_MARK}{reply}"] = forms.ChoiceField(
                choices=OwnMark.Nearness.choices, required=False
            )

    @property
    def marks(self) -> dict[str, str]:
        """The marks that were made, by model reply."""
        made = self.cleaned_data.items()
        return {name.removeprefix(_MARK): value for name, value in made if value}
