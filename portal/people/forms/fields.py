"""Form fields that people's pages share: time zones, weekdays, roles and teams."""

from collections import defaultdict
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from portal.people.models import Team
from portal.people.permissions import Role
from portal.people.queries.teams import team_paths, teams_called

_REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
_MOST_TEAMS_NAMED = 5


class TimeZoneSelect(forms.Select):
    """A list of 450 zones, drawn in one go: Django's templates take 60 ms for as many options."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Draw the list with `value` chosen, also when it is an old name that the list lacks."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        option = format_html('<option value="{}"', value)
        options = _time_zone_options().replace(option, f"{option} selected", 1)
        if value and option not in options:
            options = format_html('<option value="{0}" selected>{0}</option>', value) + options
        return format_html("<select{}>{}</select>", flatatt(given), mark_safe(options))  # noqa: S308  (of parts that are escaped)


class TimeZoneField(forms.ChoiceField):
    """An IANA time zone, picked from a list by region that a keyboard can search."""

    widget = TimeZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(choices=time_zone_choices, **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Take every known zone, also an old name that the list leaves out."""
        return value in available_timezones()


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Days of the week, counted from Monday = 0."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=WEEKDAYS.items(), coerce=int, **kwargs)


class RolesField(forms.TypedMultipleChoiceField):
    """One or more roles."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Choose at least one role.")})
        kwargs.setdefault("label", _("Roles"))
        super().__init__(choices=Role.choices, coerce=Role, **kwargs)


class TeamField(forms.CharField):
    """A team, found by its name or a part of it; the teams above it tell namesakes apart."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Team"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Team | None:
        """Return the one team that is meant."""
        text = super().clean(value)
        if not text:
            return None
        teams = teams_called(text, limit=_MOST_TEAMS_NAMED)
        if not teams:
            raise ValidationError(_("No team is called “%(name)s”."), params={"name": text})
        if len(teams) > 1:
            names = ", ".join(sorted(team_paths(teams).values()))
            raise ValidationError(
                _("Several teams match. Write which one: %(names)s."), params={"names": names}
            )
        return teams[0]

    def prepare_value(self, value: Any) -> Any:
        """Show a team by its name and those of the teams above it."""
        return team_paths([value])[value.pk] if isinstance(value, Team) else value


@lru_cache(maxsize=1)
def time_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the time zones of the world's places, by region."""
    by_region: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for zone in sorted(available_timezones()):
        region, _slash, place = zone.partition("/")
        if place and region in _REGIONS:
            by_region[region].append((zone, place.replace("_", " ").replace("/", ": ")))
    return [*by_region.items(), ("UTC", [("UTC", "UTC")])]


@lru_cache(maxsize=1)
def _time_zone_options() -> SafeString:
    groups = (
        (region, format_html_join("", '<option value="{}">{}</option>', zones))
        for region, zones in time_zone_choices()
    )
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)
