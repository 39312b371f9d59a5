"""Opening a calibration round, and writing down what it agreed on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.content.skill_frame import FramedSkill
from courses.models.course import SKILL_CHOICES
from portal.coaching.actions.calibrating import FEWEST_RATERS, Agreed
from portal.coaching.forms.observe import LONGEST_QUOTE, ScaleForm
from portal.coaching.queries.calibration import MOST_RATERS, possible_raters, raters_by_address
from portal.kit.fields import WordsField
from portal.people.models import User

LONGEST_TRANSCRIPT = 12_000


class MarkForm(ScaleForm):
    """How somebody rates a transcript, blind."""

    quote_label = _("Which sentence shows it?")


class RoundForm(forms.Form):
    """What to rate, for which skill, and who rates."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Give it a name, such as “The lost referral”.")},
    )
    skill = forms.ChoiceField(label=_("Skill to rate"), choices=SKILL_CHOICES)
    transcript = WordsField(
        label=_("Transcript"),
        max_length=LONGEST_TRANSCRIPT,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("A simulated contact, or a real one without anything that names a patient."),
        error_messages={"required": _("Paste what was said, line by line.")},
    )
    raters = forms.ModelMultipleChoiceField(
        label=_("Who rates"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose people from the list.")},
    )
    others = WordsField(
        label=_("Leads of other teams"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Their e-mail addresses, one in each line."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raters"].queryset = possible_raters(viewer)  # type: ignore[attr-defined]  # a choice field
        self.fields["raters"].initial = [viewer.pk]

    def clean_others(self) -> list[User]:
        """Return the leads whose addresses were written."""
        written = [line.strip().lower() for line in self.cleaned_data["others"].split()]
        found = raters_by_address(written)
        if unknown := [one for one in written if one not in found]:
            raise forms.ValidationError(
                _("No lead has this address: %(address)s") % {"address": ", ".join(unknown[:3])}
            )
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        """Take from two people to as many as fit into one talk."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        others = cleaned.pop("others", None)
        if others is None or self.has_error("raters"):
            return cleaned
        raters = {one.pk: one for one in (*cleaned.get("raters", ()), *others)}
        cleaned["raters"] = list(raters.values())
        if len(raters) < FEWEST_RATERS:
            self.add_error("raters", _("Choose at least two people."))
        elif len(raters) > MOST_RATERS:
            most = {"most": MOST_RATERS}
            said = _("Choose %(most)d people at most, so that everybody gets to talk.")
            self.add_error("raters", said % most)
        return cleaned


class AgreedForm(forms.Form):
    """What the raters agreed on, for each behavior; without a rating it stays open."""

    def __init__(self, *args: Any, framed: FramedSkill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framed = framed
        steps = [("", _("Not agreed")), *((str(step), str(step)) for step in range(1, 6))]
        for one in framed.behaviours:
            self.fields[one.code] = forms.ChoiceField(
                label=one.title, choices=steps, required=False
            )
            self.fields[f"{one.code}_words"] = WordsField(
                label=_("What shows it"),
                required=False,
                max_length=LONGEST_QUOTE,
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the words of each agreed rating: they are the example that is kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.framed.behaviours:
            words = f"{one.code}_words"
            if cleaned.get(one.code) and not cleaned.get(words) and not self.has_error(words):
                self.add_error(words, _("Write which sentence shows it: it is kept as an example."))
        return cleaned

    @property
    def agreed(self) -> dict[str, Agreed]:
        """What was agreed, by behavior code, once it is valid."""
        return {
            one.code: Agreed(int(rating), self.cleaned_data[f"{one.code}_words"])
            for one in self.framed.behaviours
            if (rating := self.cleaned_data[one.code])
        }

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Rating and words of each behavior, as the page shows them."""
        return [(self[one.code], self[f"{one.code}_words"]) for one in self.framed.behaviours]
