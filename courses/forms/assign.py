"""What a lead decides when assigning: what, for whom, until when, and with which words."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.queries.audience import AssignmentChoice
from courses.queries.choosing import assignable_modules
from courses.reminder_times import ReminderChoice
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by, teams_overseen_by

USUAL_DAYS = 14
LONGEST_DAYS = 366

_ONLY_OVERDUE, _NEVER = "overdue", "never"
_DAYS_BEFORE = (1, 2, 3, 5, 7)
_USUAL_REMINDER = "3"


def remind_choices() -> list[tuple[str, str]]:
    """Return when people can be reminded, with what the reader calls it."""
    before = [(str(days), _before(days)) for days in _DAYS_BEFORE]
    return [*before, (_ONLY_OVERDUE, _("Only when overdue")), (_NEVER, _("Never"))]


def _before(days: int) -> str:
    words = ngettext(
        "%(days)d day before, then overdue",
        "%(days)d days before, then overdue",
        days,
    )
    return words % {"days": days}


class AssignForm(forms.Form):
    """One assignment. What is not the viewer's to choose is refused as if it did not exist."""

    module = forms.ModelChoiceField(
        queryset=assignable_modules(),
        error_messages={
            "required": _("Choose what to assign."),
            "invalid_choice": _("Choose a module from the list."),
        },
    )
    person = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)
    team = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)
    due_on = forms.DateField(
        label=_("Due"),
        help_text=_("They have until the end of that day, wherever they are."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write the date as in 2026-12-04."),
        },
    )
    remind = forms.ChoiceField(label=_("Remind"), choices=remind_choices, initial=_USUAL_REMINDER)
    note = forms.CharField(
        label=_("Note to the people you’re assigning"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It goes into the e-mail and onto the page of the module."),
    )

    def __init__(self, *args: Any, viewer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today
        choose_from_the_list = {
            "invalid_choice": _("Choose people and teams from the list."),
            "invalid_pk_value": _("Choose people and teams from the list."),
        }
        for name, overseen in (("person", people_overseen_by), ("team", teams_overseen_by)):
            field = self.fields[name]
            field.queryset = overseen(viewer)  # type: ignore[attr-defined]
            field.error_messages |= choose_from_the_list
        self.fields["due_on"].initial = today + timedelta(days=USUAL_DAYS)
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self) -> date:
        """Take days from today to a year from now."""
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        if day > self.today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("That is more than a year away. Choose an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for somebody to assign it to."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = cleaned.get("person"), cleaned.get("team")
        if not any(named) and not self.has_error("person") and not self.has_error("team"):
            self.add_error("person", _("Choose people or teams."))
        return cleaned

    @property
    def choice(self) -> AssignmentChoice:
        """What was chosen, once it is valid."""
        cleaned = self.cleaned_data
        return AssignmentChoice(
            module=cleaned["module"],
            people=frozenset(one.pk for one in cleaned["person"]),
            teams=frozenset(one.pk for one in cleaned["team"]),
            due_on=cleaned["due_on"],
            reminders=_reminders(cleaned["remind"]),
        )


def _reminders(chosen: str) -> ReminderChoice:
    if chosen == _NEVER:
        return ReminderChoice(days_before=None, notes_overdue=False)
    if chosen == _ONLY_OVERDUE:
        return ReminderChoice(days_before=None, notes_overdue=True)
    return ReminderChoice(days_before=int(chosen), notes_overdue=True)
