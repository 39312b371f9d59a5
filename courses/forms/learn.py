"""What a reader sends from a lesson."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.content.lesson import Lesson
from courses.content.lesson_blocks import Block, QuickCheck, Reflection
from courses.content.options import UnknownOption
from portal.kit.fields import WordsField


class PlaceForm(forms.Form):
    """The block at which the reader is."""

    place = forms.CharField(max_length=64)

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lesson = lesson

    def clean_place(self) -> str:
        """Take only blocks of this lesson."""
        place: str = self.cleaned_data["place"]
        if self.lesson.block(place) is None:
            raise forms.ValidationError(_("This lesson has no such place."))
        return place


class ReflectionForm(forms.Form):
    """Some words of the reader's own; none at all is fine, too."""

    text = WordsField(
        required=False,
        max_length=4000,
        error_messages={
            "max_length": _(
                "This is longer than %(limit_value)d characters (%(show_value)d). "
                "It is still here; please shorten it to save it."
            )
        },
    )


class QuickCheckForm(forms.Form):
    """The option that the reader chose."""

    option_id = forms.CharField(
        max_length=64, error_messages={"required": _("Choose one of the replies first.")}
    )

    def __init__(self, *args: Any, block: QuickCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.block = block

    def clean_option_id(self) -> str:
        """Take only options of this question."""
        option_id: str = self.cleaned_data["option_id"]
        try:
            self.block.judge(option_id)
        except UnknownOption:
            raise forms.ValidationError(_("Choose one of the replies first.")) from None
        return option_id


def response_form(block: Block | None, sent: Any) -> forms.Form | None:
    """Return the form for a block that takes a response; None for all others."""
    if isinstance(block, Reflection):
        return ReflectionForm(sent)
    if isinstance(block, QuickCheck):
        return QuickCheckForm(sent, block=block)
    return None
