"""What the frame says about one skill, to be worded by an admin."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.actions.framing import NEW_CODE as NEW
from courses.content.skill_frame import (
    BEHAVIOURS_PER_SKILL,
    LONGEST_ANCHOR,
    LONGEST_TITLE,
    FramedSkill,
)
from portal.kit.fields import WordsField

_WORDS = (
    ("title", _("What one can hear"), LONGEST_TITLE),
    ("at_1", _("What it sounds like at 1"), LONGEST_ANCHOR),
    ("at_3", _("At 3"), LONGEST_ANCHOR),
    ("at_5", _("At 5"), LONGEST_ANCHOR),
    ("not_observed", _("When it is “not observed”"), LONGEST_ANCHOR),
)


class FrameForm(forms.Form):
    """Every text of one skill, and a behavior more while there is room for one.

    Its fields are made from the skill: `AL1-title`, and `new-title` for the one more.
    """

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, framed: FramedSkill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = [one.code for one in framed.behaviours]
        self.fields["summary"] = _words(_("In one sentence"), LONGEST_ANCHOR, framed.summary)
        for role, label in (("agent", _("agents")), ("lead", _("team leads"))):
            self.fields[role] = forms.IntegerField(
                label=_("Expected of %(role)s, in percent") % {"role": label},
                min_value=1,
                max_value=99,
                initial=round(100 * getattr(framed.expected, role)),
            )
        for one in framed.behaviours:
            for name, label, longest in _WORDS:
                self.fields[f"{one.code}-{name}"] = _words(label, longest, getattr(one, name))
        if len(self._codes) + 1 in BEHAVIOURS_PER_SKILL:
            for name, label, longest in _WORDS:
                self.fields[f"{NEW}-{name}"] = _words(label, longest, "", required=False)

    @property
    def behaviours(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields of each behavior with its code; the one more comes last, as `new`."""
        for code in [*self._codes, NEW]:
            fields = [f"{code}-{name}" for name, _label, _longest in _WORDS]
            if fields[0] in self.fields:
                yield code, [self[name] for name in fields]

    def clean(self) -> dict[str, Any]:
        """Take a new behavior whole or not at all."""
        cleaned: dict[str, Any] = super().clean() or {}
        parts = [f"{NEW}-{name}" for name, _label, _longest in _WORDS]
        if any(cleaned.get(part) for part in parts):
            for part in parts:
                if not cleaned.get(part) and part not in self.errors:
                    self.add_error(part, _("Describe a new behavior whole, or leave it all empty."))
        return cleaned

    @property
    def as_raw(self) -> dict[str, Any]:
        """What the frame's file would say, without the code of a new behavior."""
        cleaned = self.cleaned_data
        return {
            "summary": cleaned["summary"],
            "expected": {"agent": cleaned["agent"], "lead": cleaned["lead"]},
            "behaviours": [
                {"code": code} | {name: cleaned[f"{code}-{name}"] for name, *_rest in _WORDS}
                for code in [*self._codes, NEW]
                if cleaned.get(f"{code}-title")
            ],
        }


def _words(label: Any, longest: int, initial: str, *, required: bool = True) -> WordsField:
    return WordsField(
        label=label,
        max_length=longest,
        initial=initial,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a few words here.")},
    )
