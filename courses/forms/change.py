"""How a lead changes one person's duty, and why."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.learning_state import WithdrawnAs
from courses.models import ChangeOfDuty, Enrolment

LONGEST_DAYS = 366
_WEEK = timedelta(days=7)

_LABELS = {
    ChangeOfDuty.EXTENDED: _("Give more time"),
    ChangeOfDuty.EXEMPTED: _("Exempt: they need not do it, now or later"),
    ChangeOfDuty.WITHDRAWN: _("Take it off their list: it can be assigned again"),
    ChangeOfDuty.EXEMPTION_ENDED: _("End the exemption: it can be assigned again"),
}


def changes_open_to(enrolment: Enrolment) -> list[ChangeOfDuty]:
    """Return how a duty can be changed as it stands."""
    if enrolment.completed_at:
        return []
    match enrolment.withdrawn_as:
        case "":
            return [ChangeOfDuty.EXTENDED, ChangeOfDuty.EXEMPTED, ChangeOfDuty.WITHDRAWN]
        case WithdrawnAs.CLOSED:
            return [ChangeOfDuty.EXTENDED, ChangeOfDuty.EXEMPTED]
        case WithdrawnAs.EXEMPT:
            return [ChangeOfDuty.EXEMPTION_ENDED]
    return []


class ChangeDutyForm(forms.Form):
    """One change; more time needs a later day, and every change a reason."""

    kind = forms.ChoiceField(
        label=_("What changes"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should change.")},
    )
    due_on = forms.DateField(
        label=_("New last day"),
        required=False,
        help_text=_("Only for more time. They have until the end of that day."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as in 2026-12-04.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("They read it in the e-mail about the change, and it stays on the record."),
        error_messages={"required": _("Say why, in a few words.")},
    )

    def __init__(self, *args: Any, enrolment: Enrolment, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment, self.today = enrolment, today
        kinds = changes_open_to(enrolment)
        self.fields["kind"].choices = [(kind.value, _LABELS[kind]) for kind in kinds]  # type: ignore[attr-defined]  # a choice field
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        if ChangeOfDuty.EXTENDED not in kinds:
            del self.fields["due_on"]
            return
        first = max(enrolment.due_on + timedelta(days=1), today)
        self.fields["due_on"].initial = max(enrolment.due_on, today) + _WEEK
        self.fields["due_on"].widget.attrs["min"] = first.isoformat()

    def clean(self) -> dict[str, Any]:
        """Ask for a later day where there is to be more time."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") != ChangeOfDuty.EXTENDED or self.has_error("due_on"):
            return cleaned
        day = cleaned.get("due_on")
        if day is None:
            self.add_error("due_on", _("Choose the new last day."))
        elif day <= self.enrolment.due_on or day < self.today:
            self.add_error("due_on", _("Choose a later day than the one they have."))
        elif day > self.today + timedelta(days=LONGEST_DAYS):
            self.add_error("due_on", _("That is more than a year away. Choose an earlier day."))
        return cleaned
