"""People change what is said about them; what their work time decides hears of it."""

from dataclasses import asdict, replace
from datetime import time
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from portal.people.actions.profile import Profile, set_theme, update_profile
from portal.people.models import User
from portal.people.models.user import CallersWait, Theme
from portal.people.signals import working_time_changed
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AS_BEFORE = Profile(
    name="Priya Raman",
    pronouns="",
    language="en-us",
    time_zone="America/New_York",
    work_starts=time(9),
    work_ends=time(17),
    working_days=[0, 1, 2, 3, 4],
    theme=Theme.AUTO,
    shortcuts_enabled=True,
    callers_wait=CallersWait.AS_WRITTEN,
)


@pytest.fixture
def priya() -> User:
    return PersonFactory(name="Priya Raman")


@pytest.fixture
def heard():
    """The people of whom apps above heard that their working time changed."""
    people: list[User] = []

    def listen(user: User, **_: Any) -> None:
        people.append(user)

    working_time_changed.connect(listen)
    yield people
    working_time_changed.disconnect(listen)


def test_everything_on_the_page_is_kept(priya: User):
    profile = Profile(
        name="Priya R.",
        pronouns="she/her",
        language="en-us",
        time_zone="Asia/Manila",
        work_starts=time(22),
        work_ends=time(6),
        working_days=[5, 6],
        theme=Theme.DARK,
        shortcuts_enabled=False,
        callers_wait=CallersWait.DOUBLE,
    )
    update_profile(priya, profile, at=MONDAY)
    priya.refresh_from_db()
    assert {field: getattr(priya, field) for field in asdict(profile)} == asdict(profile)


@pytest.mark.parametrize(
    "change",
    [
        {"time_zone": "Asia/Manila"},
        {"work_starts": time(8)},
        {"work_ends": time(16)},
        {"working_days": [0]},
    ],
)
def test_a_new_working_time_is_told(priya: User, heard: list[User], change: dict[str, Any]):
    update_profile(priya, replace(AS_BEFORE, **change), at=MONDAY)
    assert heard == [priya]
    [[field, value]] = change.items()
    assert getattr(heard[0], field) == value


def test_another_name_or_look_is_not_told(priya: User, heard: list[User]):
    update_profile(priya, replace(AS_BEFORE, name="Priya", theme=Theme.LIGHT), at=MONDAY)
    assert heard == []


def test_a_new_name_is_recorded(priya: User):
    update_profile(priya, replace(AS_BEFORE, name="Priya R."), at=MONDAY)
    update_profile(priya, replace(AS_BEFORE, name="Priya R.", pronouns="she"), at=MONDAY)
    assert list(AuditEvent.objects.values_list("verb", "details")) == [
        ("renamed", {"before": "Priya Raman", "after": "Priya R."})
    ]


def test_a_theme_is_remembered(priya: User):
    set_theme(priya, Theme.DARK)
    priya.refresh_from_db()
    assert priya.theme == Theme.DARK
