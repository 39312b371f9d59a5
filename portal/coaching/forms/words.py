"""Kudos or a comment on what somebody finished."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.fields import WordsField

KUDOS, COMMENT = "kudos", "comment"


class WordsForm(forms.Form):
    """Kudos may come without words, a comment may not."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(KUDOS, _("Kudos: well done")), (COMMENT, _("A comment"))],
        widget=forms.RadioSelect,
        initial=KUDOS,
        error_messages={"required": _("Choose kudos or a comment.")},
    )
    text = WordsField(
        label=_("Your words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Say what exactly was good. They read it on the page of the module."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words of a comment."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == COMMENT and not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Write your comment."))
        return cleaned
