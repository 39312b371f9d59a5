"""Reminders held against a slow oracle: three zones, both clock changes, moves, and refusals.

The oracle walks every minute tick by tick through what happened, and knows nothing of the
product's queries, sequences or keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from portal.coaching.actions.reminders import plan_session_reminders
from portal.coaching.actions.scheduling import (
    Meeting,
    answer_invitation,
    cancel_session,
    move_session,
    plan_session,
)
from portal.coaching.models import InvitationAnswer
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.preferences import choose_mails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.people import PersonFactory
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db

ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata")
TICK = timedelta(minutes=30)
# The clocks of Berlin and of New York change a week apart: 25 October and 1 November 2026.
CHANGES = (datetime(2026, 10, 23, 12, tzinfo=UTC), datetime(2026, 10, 30, 12, tzinfo=UTC))
SPAN, SESSIONS = timedelta(days=4), 16
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class Told:
    """A session as the oracle knows it: what became of it, and when."""

    pk: UUID
    people: tuple[User, User]
    times: list[tuple[datetime, datetime]]  # told at, starts at
    ended_at: datetime | None = None
    declined_at: datetime | None = None

    def due(self, ticks: list[datetime]) -> Iterator[tuple[datetime, str, datetime]]:
        """Yield when each reminder leaves, which it is, and the time that it names."""
        for number, (told_at, starts_at) in enumerate(self.times):
            later = self.times[number + 1][0] if number + 1 < len(self.times) else None
            for which, ahead in (("day", DAY), ("hour", HOUR)):
                if told_at > starts_at - ahead:
                    continue
                at = next((tick for tick in ticks if starts_at - ahead <= tick < starts_at), None)
                if at is None or (later and later <= at):
                    continue
                if self.ended_at and self.ended_at <= at:
                    continue
                if number == len(self.times) - 1 and self.declined_at and self.declined_at <= at:
                    continue
                yield at, which, starts_at


@dataclass
class World:
    """What is going to happen, by the tick at which it does."""

    told: list[Told] = field(default_factory=list)
    quiet: set[int] = field(default_factory=set)  # who wants no reminders


def words(starts_at: datetime, reader: User) -> str:
    """Say when it is on the reader's wall, in words of this test's own."""
    wall = starts_at.astimezone(ZoneInfo(reader.time_zone))
    ends = (starts_at + timedelta(minutes=30)).astimezone(ZoneInfo(reader.time_zone))
    halves = ["am" if one.hour < 12 else "pm" for one in (wall, ends)]
    first = f"{wall.hour % 12 or 12}:{wall:%M}" + (f" {halves[0]}" if len(set(halves)) > 1 else "")
    day = f"{wall:%A} {wall.day} {wall:%B}"
    return f"{day}, {first}–{ends.hour % 12 or 12}:{ends:%M} {halves[1]} {wall.tzname()}"


@pytest.mark.parametrize("begins", CHANGES)
def test_every_reminder_and_no_other_reaches_each_reader_on_their_own_wall(
    begins: datetime, mail_server: MailServer
):
    chance, world = Random(f"{begins}"), World()
    ticks = [begins + number * TICK for number in range(int(SPAN / TICK))]
    pairs = [
        (
            PersonFactory(lead=True, name=f"Lead{number} Lee", time_zone=chance.choice(ZONES)),
            PersonFactory(name=f"Agent{number} Ray", time_zone=chance.choice(ZONES)),
        )
        for number in range(SESSIONS)
    ]
    happens = _drawn(chance, pairs, ticks, world)
    for tick in ticks:
        for act in happens.get(tick, []):
            act()
        plan_session_reminders(now=tick)
        deliver_due_emails(clock=lambda: tick)  # noqa: B023  (called at once)
    expected = {
        (at, which, one.pk, reader.pk): words(starts_at, reader)
        for one in world.told
        for at, which, starts_at in one.due(ticks)
        for reader in one.people
        if reader.pk not in world.quiet
    }
    sent = _sent()
    assert len(expected) > SESSIONS
    assert sent.keys() == expected.keys()
    assert [key for key, when in expected.items() if when not in sent[key]] == []


def _drawn(chance, pairs, ticks, world):
    """Draw what happens: most is planned early, some moved, some called off, some declined."""
    happens: dict[datetime, list] = {}
    for lead, agent in pairs:
        planned_at = ticks[chance.randrange(0, 50)]
        ahead = chance.choice([timedelta(minutes=40), timedelta(hours=5), DAY, 2 * DAY])
        starts_at = planned_at + ahead + timedelta(minutes=5 * chance.randrange(12))
        told = Told(UUID(int=0), (lead, agent), [])
        world.told.append(told)
        happens.setdefault(planned_at, []).append(_plan(told, starts_at, planned_at))
        between = [tick for tick in ticks if planned_at < tick < starts_at]
        fate = chance.choice(["", "", "move", "move", "cancel", "decline"])
        if between and fate:
            at = chance.choice(between)
            act = {"move": _move, "cancel": _cancel, "decline": _decline}[fate]
            happens.setdefault(at, []).append(act(told, at, starts_at))
        if chance.random() < 0.2:
            world.quiet.add(agent.pk)
            choose_mails(agent, wanted=["session_summary"], at=ticks[0])
    return happens


def _plan(told, starts_at, at):
    def act():
        lead, agent = told.people
        told.pk = plan_session(Meeting(starts_at, 30), agent=agent, by=lead, at=at).pk
        told.times.append((at, starts_at))

    return act


def _move(told, at, starts_at):
    def act():
        to = starts_at + timedelta(hours=7, minutes=15)
        move_session(told.pk, Meeting(to, 30), by=told.people[0], at=at)
        told.times.append((at, to))

    return act


def _cancel(told, at, _starts_at):
    def act():
        cancel_session(told.pk, words="", by=told.people[1], at=at)
        told.ended_at = at

    return act


def _decline(told, at, _starts_at):
    def act():
        answer = InvitationAnswer.DECLINED
        answer_invitation(told.pk, answer, words="", by=told.people[1], at=at)
        told.declined_at = at

    return act


def _sent() -> dict[tuple[datetime, str, UUID, int], str]:
    """Return the reminders that left, with their words."""
    mails = OutgoingEmail.objects.filter(kind="session_reminder", sent_at__isnull=False)
    return {
        (one.sent_at, one.params["which"], UUID(one.params["session"]), one.recipient_id): " ".join(
            one.body_text.split()
        )
        for one in mails
    }
