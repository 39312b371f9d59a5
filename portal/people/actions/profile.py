"""What people say about themselves: name, working time and how the pages look."""

from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.db import transaction

from portal.audit.models import record
from portal.people.models import User
from portal.people.models.user import CallersWait, Theme
from portal.people.signals import working_time_changed

_WORKING_TIME = ("time_zone", "work_starts", "work_ends", "working_days")


@dataclass(frozen=True)
class Profile:
    """Everything a person may change about themselves on the profile page."""

    name: str
    pronouns: str
    language: str
    time_zone: str
    work_starts: time
    work_ends: time
    working_days: list[int]
    theme: Theme
    shortcuts_enabled: bool
    callers_wait: CallersWait


@transaction.atomic
def update_profile(user: User, profile: Profile, *, at: datetime) -> User:
    """Keep what somebody wrote on their profile page.

    Apps above hear of a new time zone, new hours or new working days before it is committed.
    """
    person: User = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    new = asdict(profile)
    before = {field: getattr(person, field) for field in new}
    for field, value in new.items():
        setattr(person, field, value)
    person.save(update_fields=list(new))
    if before["name"] != profile.name:
        record("renamed", person, by=person, at=at, before=before["name"], after=profile.name)
    if any(before[field] != new[field] for field in _WORKING_TIME):
        working_time_changed.send(User, user=person)
    return person


def set_theme(user: User, theme: Theme) -> None:
    """Remember how bright somebody likes the pages."""
    User.objects.filter(pk=user.pk).update(theme=theme)


def let_callers_wait(user: User, how_long: CallersWait) -> None:
    """Remember how long the patients of practice calls wait for somebody's answer."""
    User.objects.filter(pk=user.pk).update(callers_wait=how_long)
    user.callers_wait = how_long
