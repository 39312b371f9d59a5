"""Rating what was heard on the anchored scale of each behavior, with a quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.content.skill_frame import Behaviour, FramedSkill
from portal.coaching.actions.observing import Heard
from portal.coaching.models import AgreedExample
from portal.kit.fields import WordsField

NOT_OBSERVED = "none"
LONGEST_QUOTE = 500
_BETWEEN = _("Between the two")


@dataclass(frozen=True)
class ScaleStep:
    """One step of a scale as the form shows it."""

    value: str
    name: Any
    anchor: str
    is_chosen: bool


@dataclass(frozen=True)
class ScaleField:
    """A behavior with its steps and its quote, for the page."""

    behaviour: Behaviour
    name: str
    steps: tuple[ScaleStep, ...]
    error: str
    quote: forms.BoundField
    examples: Sequence[AgreedExample]


class ScaleForm(forms.Form):
    """The ratings of one skill, each with a quote; every behavior starts as not observed."""

    quote_label = _("What did you hear?")

    def __init__(
        self,
        *args: Any,
        framed: FramedSkill,
        examples: Mapping[str, Sequence[AgreedExample]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.framed, self.examples = framed, examples or {}
        choices = [(str(step), str(step)) for step in range(1, 6)]
        for one in framed.behaviours:
            self.fields[one.code] = forms.ChoiceField(
                choices=[*choices, (NOT_OBSERVED, NOT_OBSERVED)],
                required=False,
                initial=NOT_OBSERVED,
            )
            self.fields[f"{one.code}_quote"] = WordsField(
                label=self.quote_label,
                required=False,
                max_length=LONGEST_QUOTE,
                widget=forms.Textarea({"rows": 2}),
                help_text=_("Quote a sentence. Leave out anything that could name a real patient."),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the quote of each rating; a rating without one is not counted."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.framed.behaviours:
            quote = f"{one.code}_quote"
            is_rated = cleaned.get(one.code) not in ("", NOT_OBSERVED, None)
            if is_rated and not cleaned.get(quote) and not self.has_error(quote):
                self.add_error(quote, _("Quote the sentence that shows it."))
        return cleaned

    @property
    def heard(self) -> dict[str, Heard]:
        """What was rated, by behavior code, once it is valid."""
        return {
            one.code: Heard(
                None if value in ("", NOT_OBSERVED) else int(value),
                self.cleaned_data[f"{one.code}_quote"],
            )
            for one in self.framed.behaviours
            for value in [self.cleaned_data[one.code]]
        }

    @property
    def scales(self) -> list[ScaleField]:
        """The behaviors with their anchors, as the page shows them."""
        return [self._scale(one) for one in self.framed.behaviours]

    def _scale(self, one: Behaviour) -> ScaleField:
        chosen = self[one.code].value() or NOT_OBSERVED
        steps = (
            ("1", _("Not yet"), one.at_1),
            ("2", _("Getting there"), _BETWEEN),
            ("3", _("Solid"), one.at_3),
            ("4", _("Strong"), _BETWEEN),
            ("5", _("Exemplary"), one.at_5),
            (NOT_OBSERVED, _("Not observed"), one.not_observed),
        )
        return ScaleField(
            behaviour=one,
            name=one.code,
            steps=tuple(
                ScaleStep(value, name, str(anchor), value == chosen)
                for value, name, anchor in steps
            ),
            error=" ".join(self.errors.get(one.code, [])),
            quote=self[f"{one.code}_quote"],
            examples=self.examples.get(one.code, ()),
        )


class ObservationForm(ScaleForm):
    """The ratings of one contact for one skill, and when it was heard."""

    heard_on = forms.DateField(
        label=_("When did you hear it?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write the date as in 2026-12-04."),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["heard_on"].initial = today
        self.fields["heard_on"].widget.attrs["max"] = today.isoformat()

    def clean_heard_on(self) -> date:
        """Take today and earlier days."""
        day: date = self.cleaned_data["heard_on"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return day
