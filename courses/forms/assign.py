"""What a lead decides when assigning: what, for whom, until when, and with which words."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.due_dates import DueKind, DuePolicy
from courses.models import Course, Module, SavedView
from courses.queries.audience import AssignmentChoice
from courses.queries.choosing import find_what
from courses.reminder_times import ReminderChoice
from portal.kit.wording import once_a_language
from portal.people.models import User
from portal.people.permissions import Role
from portal.people.queries.scope import people_overseen_by, teams_overseen_by
from portal.people.queries.tags import tags_in_use

USUAL_DAYS = 14
LONGEST_DAYS = 366

_ONLY_OVERDUE, _NEVER = "overdue", "never"
_DAYS_BEFORE = (1, 2, 3, 5, 7)
_USUAL_REMINDER = "3"
_CLOSING_DAYS = (0, 3, 7, 14, 30)
_RENEWAL_MONTHS = (3, 6, 12, 24, 36)


@once_a_language
def remind_choices() -> list[tuple[str, str]]:
    """Return when people can be reminded, with what the reader calls it."""
    before = [(str(days), _before(days)) for days in _DAYS_BEFORE]
    return [*before, (_ONLY_OVERDUE, gettext("Only when overdue")), (_NEVER, gettext("Never"))]


def _before(days: int) -> str:
    words = ngettext(
        "%(days)d day before, then overdue",
        "%(days)d days before, then overdue",
        days,
    )
    return words % {"days": days}


@once_a_language
def closing_choices() -> list[tuple[str, str]]:
    """Return until when it can be finished after the last day, with what the reader calls it."""
    later = [(str(days), _closes(days)) for days in _CLOSING_DAYS]
    return [("", gettext("It can be done late")), *later]


@once_a_language
def renewal_choices() -> list[tuple[str, str]]:
    """Return after how many months it comes back, with what the reader calls it."""
    later = [(str(months), _renews(months)) for months in _RENEWAL_MONTHS]
    return [("", gettext("Never")), *later]


def _renews(months: int) -> str:
    return ngettext("%d month after each finish", "%d months after each finish", months) % months


def _closes(days: int) -> str:
    if not days:
        return gettext("It closes for good")
    words = ngettext("It closes %(days)d day later", "It closes %(days)d days later", days)
    return words % {"days": days}


class AssignForm(forms.Form):
    """One assignment. What is not the viewer's to choose is refused as if it did not exist."""

    what = forms.CharField(max_length=30, error_messages={"required": _("Choose what to assign.")})
    person = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)
    team = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)
    role = forms.MultipleChoiceField(choices=Role.choices, required=False)
    tag = forms.MultipleChoiceField(required=False)
    view = forms.ModelMultipleChoiceField(queryset=SavedView.objects.none(), required=False)
    due_kind = forms.ChoiceField(
        label=_("Due"), choices=DueKind.choices, required=False, initial=DueKind.ON_DATE
    )
    due_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("They have until the end of that day, wherever they are."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as in 2026-12-04.")},
    )
    due_days = forms.IntegerField(
        label=_("Number of days"),
        required=False,
        initial=USUAL_DAYS,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("Nobody is late from the start: who was hired long ago has as many days."),
        error_messages={
            "invalid": _("Write a number, such as 14."),
            "min_value": _("Write 1 or more."),
            "max_value": _("That is more than a year. Write a smaller number."),
        },
    )
    closes = forms.ChoiceField(
        label=_("After the last day"), choices=closing_choices, required=False
    )
    later = forms.BooleanField(
        label=_("Also whoever joins or fits later"),
        required=False,
        help_text=_("For teams, roles, tags and saved views. It looks every few minutes."),
    )
    renew = forms.TypedChoiceField(
        label=_("Do it again"),
        choices=renewal_choices,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Open again 30 days before. What was finished stays on the record."),
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
        if self.is_bound:
            self._let_choose(viewer)
        self.fields["due_on"].initial = today + timedelta(days=USUAL_DAYS)
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def _let_choose(self, viewer: User) -> None:
        choose_from_the_list = {
            "invalid_choice": _("Choose people and teams from the list."),
            "invalid_pk_value": _("Choose people and teams from the list."),
        }
        for name, overseen in (("person", people_overseen_by), ("team", teams_overseen_by)):
            field = self.fields[name]
            field.queryset = overseen(viewer)  # type: ignore[attr-defined]  # a choice field
            field.error_messages |= choose_from_the_list
        self.fields["view"].queryset = SavedView.objects.kept().filter(owner=viewer)  # type: ignore[attr-defined]  # a choice field
        if self.data.getlist("tag"):
            self.fields["tag"].choices = [(tag, tag) for tag in tags_in_use(viewer)]  # type: ignore[attr-defined]  # a choice field

    def clean_what(self) -> Module | Course:
        """Find what was chosen among what can be assigned."""
        if found := find_what(self.cleaned_data["what"]):
            return found
        raise forms.ValidationError(_("Choose from the list what to assign."))

    def clean_due_on(self) -> date | None:
        """Take days from today to a year from now."""
        day: date | None = self.cleaned_data["due_on"]
        if day is None or self._due_kind != DueKind.ON_DATE:
            return None
        if day < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        if day > self.today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("That is more than a year away. Choose an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for somebody to assign it to, and for the last day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        who = ("person", "team", "role", "tag", "view")
        if not any(cleaned.get(name) or self.has_error(name) for name in who):
            self.add_error("person", _("Choose people or teams."))
        if cleaned.get("later") and not any(cleaned.get(name) for name in who[1:]):
            self.add_error("later", _("Choose a team, role, tag or view that people can join."))
        name, missing = "due_days", _("Say how many days they have.")
        if self._due_kind == DueKind.ON_DATE:
            name, missing = "due_on", _("Choose the last day.")
        if cleaned.get(name) is None and not self.has_error(name):
            self.add_error(name, missing)
        return cleaned

    @property
    def choice(self) -> AssignmentChoice:
        """What was chosen, once it is valid."""
        cleaned = self.cleaned_data
        return AssignmentChoice(
            what=cleaned["what"],
            people=frozenset(one.pk for one in cleaned["person"]),
            teams=frozenset(one.pk for one in cleaned["team"]),
            roles=frozenset(cleaned["role"]),
            tags=frozenset(cleaned["tag"]),
            views=frozenset(one.pk for one in cleaned["view"]),
            due=self._due,
            closes_days_after=int(cleaned["closes"]) if cleaned["closes"] else None,
            reminders=_reminders(cleaned["remind"]),
            reaches_later=cleaned["later"],
            renew_months=cleaned["renew"],
        )

    @property
    def _due_kind(self) -> DueKind:
        return DueKind(self.cleaned_data.get("due_kind") or DueKind.ON_DATE)

    @property
    def _due(self) -> DuePolicy:
        if self._due_kind == DueKind.ON_DATE:
            return DuePolicy.on_date(self.cleaned_data["due_on"])
        return DuePolicy(self._due_kind, days=self.cleaned_data["due_days"])


def _reminders(chosen: str) -> ReminderChoice:
    if chosen == _NEVER:
        return ReminderChoice(days_before=None, notes_overdue=False)
    if chosen == _ONLY_OVERDUE:
        return ReminderChoice(days_before=None, notes_overdue=True)
    return ReminderChoice(days_before=int(chosen), notes_overdue=True)
