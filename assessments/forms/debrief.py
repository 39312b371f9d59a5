"""What people write about a run that has ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.fields import WordsField

LONGEST = 2000


class CommentForm(forms.Form):
    """A comment on a moment."""

    words = WordsField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your comment first.")},
    )


class ReflectionForm(forms.Form):
    """What one takes from a run; it may be emptied again."""

    text = WordsField(required=False, max_length=LONGEST)
