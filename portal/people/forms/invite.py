"""The form with which an admin invites a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.forms.fields import RolesField, TeamField
from portal.people.permissions import Role


class InviteForm(forms.Form):
    """Who is to come, and what for."""

    email = forms.EmailField(
        label=_("Work e-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"})
    )
    roles = RolesField(
        initial=[Role.AGENT],
        help_text=_("Team leads, authors and admins sign in with a second step."),
    )
    team = TeamField(
        required=False,
        help_text=_("Type a part of its name. A team lead will lead this team."),
        widget=forms.TextInput({"list": "teams", "autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return self.cleaned_data["email"].lower()
