"""Who gets a programme, and with which words."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.fields import WordsField
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by

LONGEST, PEOPLE_SHOWN, DAYS_AHEAD = 1000, 60, 365


class GiveForm(forms.Form):
    """Whom a lead gives a programme; who is not theirs to choose is refused as if unknown."""

    person = forms.ModelMultipleChoiceField(
        label=_("Who"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Choose people from the list."),
            "invalid_pk_value": _("Choose people from the list."),
        },
    )
    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Its days are counted from here. Empty: from today."),
        error_messages={"invalid": _("Choose a day, or leave it empty.")},
    )
    note = WordsField(
        label=_("A word from you"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands at the top of their program."),
    )

    def __init__(self, *args: Any, viewer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        field, people = self.fields["person"], people_overseen_by(viewer)
        field.queryset = people  # type: ignore[attr-defined]  # a choice field
        chosen = [one for one in self["person"].value() or [] if str(one).isdecimal()]
        shown = {one.pk: one.name for one in people.filter(pk__in=chosen).by_name()}
        shown |= {one.pk: one.name for one in people.by_name()[:PEOPLE_SHOWN]}
        field.choices = list(shown.items())  # type: ignore[attr-defined]  # a choice field

    def clean_starts_on(self) -> date | None:
        """Return the first day, None for today."""
        day: date | None = self.cleaned_data["starts_on"]
        if day and not self._today <= day <= self._today + timedelta(days=DAYS_AHEAD):
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return day if day != self._today else None


class AnswerForm(forms.Form):
    """What somebody says to their programme."""

    answer = WordsField(
        label=_("What do you say to it?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Too much, too little, the wrong thing, or just right. Your lead reads it."),
        error_messages={"required": _("Write your answer first.")},
    )
