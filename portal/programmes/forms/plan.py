"""What a lead edits of a proposed programme before giving it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit.fields import WordsField
from portal.programmes.forms.give import LONGEST
from portal.programmes.planner import USUAL_MINUTES, Proposal

MINUTES = [(30, _("30 minutes")), (60, _("1 hour")), (90, _("1 ½ hours")), (120, _("2 hours"))]


def minutes_wanted(text: str) -> int:
    """Return the minutes per week that were asked for, the usual ones where none make sense."""
    known = {str(minutes): minutes for minutes, _name in MINUTES}
    return known.get(text, USUAL_MINUTES)


class PlanForm(forms.Form):
    """The steps that are kept, what it is called, and a word to those who get it."""

    title = forms.CharField(label=_("What it is called"), max_length=120)
    step = forms.MultipleChoiceField(
        label=_("Steps"), error_messages={"required": _("Keep at least one step.")}
    )
    note = WordsField(
        label=_("A word from you"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands at the top of their program."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [step.id for step in proposal.steps]
        self.fields["step"].choices = [(one, one) for one in ids]  # type: ignore[attr-defined]  # a choice field
        self.fields["step"].initial = ids

    @property
    def kept(self) -> list[str]:
        """The ids of the steps that are ticked now."""
        return [str(one) for one in self["step"].value() or []]
