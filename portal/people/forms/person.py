"""The forms about somebody else: finding them, and their roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.forms.fields import RolesField, TeamField
from portal.people.models.user import LONGEST_TAG
from portal.people.permissions import Role
from portal.people.queries.people import PeopleFilter

_STATES = {"": True, "deactivated": False, "all": None}


class PeopleFilterForm(forms.Form):
    """What the list of people is narrowed down to; a wrong word narrows nothing."""

    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "class": "form-control form-control-sm"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("Any role")), *Role.choices],
        widget=forms.Select({"class": "form-select form-select-sm"}),
    )
    team = TeamField(
        required=False,
        widget=forms.TextInput(
            {"list": "teams", "autocomplete": "off", "class": "form-control form-control-sm"}
        ),
    )
    tag = forms.CharField(
        label=_("Tag"),
        required=False,
        max_length=LONGEST_TAG,
        widget=forms.TextInput(
            {"list": "tags", "autocomplete": "off", "class": "form-control form-control-sm"}
        ),
    )
    state = forms.ChoiceField(
        label=_("Sign-in"),
        required=False,
        choices=[("", _("Active")), ("deactivated", _("Deactivated")), ("all", _("All"))],
        widget=forms.Select({"class": "form-select form-select-sm"}),
    )

    @property
    def wanted(self) -> PeopleFilter:
        """What to look for, from the fields that are right."""
        self.full_clean()
        found = self.cleaned_data
        return PeopleFilter(
            text=found.get("q", ""),
            role=Role(found["role"]) if found.get("role") else None,
            team=found.get("team"),
            tag=found.get("tag", "").lower(),
            is_active=_STATES[found.get("state", "")],
        )


class ChangeRolesForm(forms.Form):
    """The roles of one person."""

    roles = RolesField()
