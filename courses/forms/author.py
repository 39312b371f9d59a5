"""What an author types: the text of a draft, and what a new revision means."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.content.parsing import ContentError
from courses.content.reuse import with_reused
from courses.content.source import LONGEST_SOURCE, read_source
from courses.models import ChangeKind
from courses.queries.reuse import question_at


class DraftForm(forms.Form):
    """The draft as text; once it is valid, `content` holds its plain values."""

    text = forms.CharField(
        label=_("Content"),
        max_length=LONGEST_SOURCE,
        strip=False,
        widget=forms.Textarea({"rows": 32, "class": "source", "spellcheck": "true"}),
        error_messages={"required": _("Write something first, or discard the draft.")},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    content: dict[str, Any]

    def clean_text(self) -> str:
        """Read the text; what cannot be read is said with its line."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\x00", "")
        try:
            self.content = dict(with_reused(read_source(text), question_at))
        except ContentError as error:
            raise forms.ValidationError([str(one) for one in error.problems]) from None
        return text


class PublishForm(forms.Form):
    """What the new revision means for results that exist, and a word for the history."""

    change_kind = forms.ChoiceField(
        label=_("What kind of change is this?"),
        choices=ChangeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what kind of change this is.")},
    )
    note = forms.CharField(
        label=_("What changed, in a line"),
        max_length=300,
        error_messages={"required": _("Write a line for those who read the history.")},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
