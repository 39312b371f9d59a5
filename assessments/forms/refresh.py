"""What people send while they practice with refresher cards, and when they pause them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.responses import LONGEST_TEXT
from assessments.spacing import Grade
from portal.kit.fields import WordsField

LONGEST_PAUSE = timedelta(days=366)


class ReviewForm(forms.Form):
    """Which review of the card this is; the answer depends on what is asked."""

    number = forms.IntegerField(min_value=1)


class TurnForm(ReviewForm):
    """What somebody would say, before they see the back; it may be left out."""

    text = WordsField(
        required=False,
        max_length=LONGEST_TEXT,
        error_messages={
            "max_length": _(
                "This is longer than %(limit_value)d characters (%(show_value)d). It is still "
                "here; a sentence or two is enough."
            )
        },
    )


class GradeForm(ReviewForm):
    """How well somebody says they remembered it."""

    grade = forms.TypedChoiceField(
        choices=[(grade.value, grade.name) for grade in Grade], coerce=lambda one: Grade(int(one))
    )


class PauseForm(forms.Form):
    """The day on which cards come again."""

    until = forms.DateField(
        label=_("Cards come again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day on which cards come again."),
            "invalid": _("Write a day such as 2026-12-01."),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        """Take a day after today, within a year."""
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise ValidationError(_("Choose a day after today."))
        if until > self.today + LONGEST_PAUSE:
            raise ValidationError(_("Choose a day within a year."))
        return until
