"""When and where two people meet, and with whom."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.coaching.actions.scheduling import Meeting
from portal.coaching.queries.people import people_to_meet
from portal.kit.clock import local_date, local_moment
from portal.kit.fields import WordsField
from portal.kit.wording import moment
from portal.people.models import User

OTHER = "other"
LENGTHS = (15, 30, 45, 60)
USUAL_LENGTH = 30
WEEKS_BETWEEN = (1, 2, 4)
_LONGEST_AHEAD = timedelta(days=366)


def length_choices() -> list[tuple[int, str]]:
    """Return how long a session can be, in words."""
    words = ("%(n)d minute", "%(n)d minutes")
    return [(minutes, ngettext(*words, minutes) % {"n": minutes}) for minutes in LENGTHS]


def repeat_choices() -> list[tuple[int, str]]:
    """Return how often a session can come back, in words."""
    words = ("Every week", "Every %(n)d weeks")
    often = [(weeks, ngettext(*words, weeks) % {"n": weeks}) for weeks in WEEKS_BETWEEN]
    return [(0, _("Just this once")), *often]


class WhoForm(forms.Form):
    """Whom somebody wants to meet: people they answer for, and colleagues of their teams."""

    person = forms.ModelChoiceField(
        label=_("With"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={
            "required": _("Choose whom you want to meet."),
            "invalid_choice": _("Choose a person from the list."),
        },
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_to_meet(viewer)


class MeetingForm(forms.Form):
    """A time that suits both, or another one, and a place. Times are the viewer's own clock."""

    slot = forms.ChoiceField(
        label=_("A time that suits you both"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of these times, or write another.")},
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as in 2026-12-04.")},
    )
    clock = forms.TimeField(
        label=_("Start"),
        required=False,
        widget=forms.TimeInput({"type": "time", "step": "300"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as in 14:30.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("How long"), choices=length_choices, coerce=int, initial=USUAL_LENGTH
    )
    every_weeks = forms.TypedChoiceField(
        label=_("Repeat"),
        choices=repeat_choices,
        coerce=int,
        initial=0,
        empty_value=0,
        required=False,
        help_text=_("Each next one gets its own invitation, about two weeks ahead."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    video_link = forms.URLField(
        label=_("Video link"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole link, as in https://meet.example/room.")},
    )
    word = WordsField(
        label=_("A word from you"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It goes into the invitation."),
    )

    def __init__(
        self, *args: Any, viewer: User, slots: Iterable[datetime], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.now = viewer, now
        offered = [(slot.isoformat(), moment(slot)) for slot in slots]
        other = (OTHER, _("Another time, written below"))
        self.fields["slot"].choices = [*offered, other]
        self.fields["day"].widget.attrs["min"] = local_date(now, viewer.time_zone).isoformat()

    def clean(self) -> dict[str, Any]:
        """Find out which moment is meant, and ask for what is missing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_error("day") or self.has_error("clock") or self.has_error("slot"):
            return cleaned
        starts_at = self._starts_at(cleaned)
        if starts_at is not None:
            self._check(starts_at)
        cleaned["starts_at"] = starts_at
        return cleaned

    @property
    def meeting(self) -> Meeting:
        """What was agreed on, once it is valid."""
        cleaned = self.cleaned_data
        return Meeting(
            starts_at=cleaned["starts_at"],
            minutes=cleaned["minutes"],
            place=cleaned["place"],
            video_link=cleaned["video_link"],
            word=cleaned["word"],
        )

    def _starts_at(self, cleaned: dict[str, Any]) -> datetime | None:
        slot = cleaned.get("slot")
        if slot and slot != OTHER:
            return datetime.fromisoformat(slot).astimezone(UTC)
        day, clock = cleaned.get("day"), cleaned.get("clock")
        if not slot and not day:
            self.add_error("slot", _("Choose a time, or write another."))
            return None
        if day is None:
            self.add_error("day", _("Choose the day."))
        if clock is None:
            self.add_error("clock", _("Choose when it starts."))
        if day is None or not isinstance(clock, time):
            return None
        return local_moment(day, clock, self.viewer.time_zone)

    def _check(self, starts_at: datetime) -> None:
        field = "day" if self.cleaned_data.get("day") else "slot"
        if starts_at <= self.now:
            self.add_error(field, _("That time is over. Choose a later one."))
        elif starts_at > self.now + _LONGEST_AHEAD:
            self.add_error(field, _("That is more than a year away. Choose an earlier day."))
