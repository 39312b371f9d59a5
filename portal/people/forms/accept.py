"""The form with which an invited person comes in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.people.forms.fields import TimeZoneField
from portal.people.models import Invitation, User


class AcceptForm(forms.Form):
    """How the person is called, how they will sign in and where they are."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. A few unrelated words work well."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    time_zone = TimeZoneField(
        label=_("Your time zone"), help_text=_("Reminders and due dates follow it.")
    )

    def __init__(self, data: Any = None, *, invitation: Invitation) -> None:
        """Start with what is known, and with the zone of the person who invited them."""
        initial = {"name": invitation.name, "time_zone": invitation.invited_by.time_zone}
        super().__init__(data, initial=initial)
        self._email = invitation.email

    def clean(self) -> dict[str, object]:
        """Hold the password against the rules, with the name and address at hand."""
        values = super().clean() or {}
        if password := values.get("password"):
            try:
                validate_password(password, User(email=self._email, name=values.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return values
