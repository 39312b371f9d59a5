"""The words of a nudge."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NudgeForm(forms.Form):
    """A few words, prepared for the lead to change."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=1000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("They get it by e-mail in their working hours, and a reply goes to you."),
        error_messages={"required": _("Write a few words.")},
    )
