"""Inviting a panel, and rating in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.content.options import Option
from courses.content.panel import HIGHEST, LOWEST
from courses.models import PanelSeat
from courses.queries.panels import raters_by_address
from portal.kit.fields import WordsField
from portal.people.models import User

MOST_AT_ONCE = 40
SCALE = tuple(
    zip(
        range(LOWEST, HIGHEST + 1),
        (_("Harms"), _("Weak"), _("Fair"), _("Good"), _("Very good")),
        strict=True,
    )
)


class InviteForm(forms.Form):
    """Who rates, by their addresses."""

    raters = WordsField(
        label=_("Who rates"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("E-mail addresses of leads and authors, one in each line. Ten or more rate."),
        error_messages={"required": _("Write at least one address.")},
    )

    def clean_raters(self) -> list[User]:
        """Return the people whose addresses were written."""
        written = list(dict.fromkeys(self.cleaned_data["raters"].lower().split()))
        if len(written) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("Invite %(most)d people at most at one time.") % {"most": MOST_AT_ONCE}
            )
        found = raters_by_address(written)
        if unknown := [one for one in written if one not in found]:
            raise forms.ValidationError(
                _("No lead or author has this address: %(address)s")
                % {"address": ", ".join(unknown[:3])}
            )
        return list(found.values())


@dataclass(frozen=True)
class OptionField:
    """An option with the rating that is chosen so far, for the page."""

    option: Option
    name: str
    chosen: str
    error: str
    scale = SCALE


class RatingForm(forms.Form):
    """A rating for each option."""

    def __init__(
        self, *args: Any, options: tuple[Option, ...], seat: PanelSeat, **kwargs: Any
    ) -> None:
        given = {_name_of(one): rating for one, rating in (seat.ratings or {}).items()}
        super().__init__(*args, initial=given, **kwargs)
        self.options = options
        for option in options:
            self.fields[_name_of(option.id)] = forms.TypedChoiceField(
                label=option.text,
                choices=SCALE,
                coerce=int,
                error_messages={
                    "required": _("Choose how well it would work."),
                    "invalid_choice": _("Choose one of these."),
                },
            )

    @property
    def ratings(self) -> dict[str, int]:
        """The ratings by option, once it is valid."""
        return {one.id: self.cleaned_data[_name_of(one.id)] for one in self.options}

    @property
    def rows(self) -> Iterator[OptionField]:
        """The options as the page shows them."""
        for option in self.options:
            name = _name_of(option.id)
            chosen = str((self.data if self.is_bound else self.initial).get(name, ""))
            yield OptionField(option, name, chosen, " ".join(self.errors.get(name, [])))


def _name_of(option_id: str) -> str:
    return f"rating-{option_id}"
