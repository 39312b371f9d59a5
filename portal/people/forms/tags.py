"""The tags of one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people.models.user import LONGEST_TAG

MOST_TAGS_OF_ONE = 12


class TagsField(forms.CharField):
    """Tags with commas between them; it gives them as a list, in small letters."""

    def prepare_value(self, value: Any) -> Any:
        """Write tags as one types them."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Take apart what was typed."""
        words = " ".join((super().clean(value) or "").lower().split())
        tags = sorted({tag for part in words.split(",") if (tag := part.strip())})
        if len(tags) > MOST_TAGS_OF_ONE:
            raise forms.ValidationError(_("That are too many. Choose up to 12."))
        if long := next((tag for tag in tags if len(tag) > LONGEST_TAG), None):
            raise forms.ValidationError(
                _("“%(tag)s” is too long. Use up to 40 letters.") % {"tag": long}
            )
        return tags


class TagsForm(forms.Form):
    """The tags of one person."""

    tags = TagsField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=600,
        help_text=gettext_lazy(
            "Words with commas between them, such as: night shift, spanish. Leads and admins see "
            "them and can assign by them. Keep to what is needed for work."
        ),
        widget=forms.TextInput({"list": "tags", "autocomplete": "off"}),
    )
