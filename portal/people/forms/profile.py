"""The form of the profile page."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.people.actions.profile import Profile
from portal.people.forms.fields import TimeZoneField, WeekdaysField
from portal.people.models import User
from portal.people.models.user import CallersWait, Theme

_TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class ProfileForm(forms.Form):
    """What a person may say about themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=40,
        required=False,
        help_text=_("Shown beside your name, such as she/her."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = TimeZoneField(help_text=_("Due dates end at the end of the day in this zone."))
    work_starts = forms.TimeField(label=_("Work starts"), widget=_TIME)
    work_ends = forms.TimeField(
        label=_("Work ends"),
        widget=_TIME,
        help_text=_("Earlier than the start means the next morning."),
    )
    working_days = WeekdaysField(
        label=_("Working days"),
        error_messages={"required": _("Choose at least one day.")},
        help_text=_("Reminders wait for one of these days."),
    )
    theme = forms.TypedChoiceField(
        label=_("Look"), choices=Theme.choices, coerce=Theme, widget=forms.RadioSelect
    )
    shortcuts_enabled = forms.BooleanField(
        label=_("Answer with single keys"),
        required=False,
        help_text=_("1 to 5 choose a reply, H goes to the hint. Turn off if they get in your way."),
    )
    callers_wait = forms.TypedChoiceField(
        label=_("How long practice callers wait"),
        choices=CallersWait.choices,
        coerce=CallersWait,
        help_text=_(
            "Some callers speak again after a while. Take what suits you: nobody else sees this, "
            "and it never counts against you. Extra time agreed for you comes on top."
        ),
    )

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        """Show what is kept about somebody now."""
        return cls(initial={field: getattr(user, field) for field in cls.base_fields})

    def clean(self) -> dict[str, object]:
        """A working day has some length."""
        values = super().clean() or {}
        if values.get("work_starts") and values["work_starts"] == values.get("work_ends"):
            self.add_error("work_ends", _("Work must end at another time than it starts."))
        return values

    @property
    def profile(self) -> Profile:
        """What was filled in, once it is valid."""
        return Profile(**self.cleaned_data)
