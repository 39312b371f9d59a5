"""The kinds of mail there are: each app registers its own, with how to compose it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from portal.notifications.models import OutgoingEmail

Words = str | Promise


@dataclass(frozen=True)
class CalendarPart:
    """A calendar entry that goes with a mail: its iCalendar method and the file's text."""

    method: str
    text: str


@dataclass(frozen=True)
class Message:
    """What a mail says: a folder below `templates/emails/` and what its templates need.

    `reply_to` is the address that answers go to, where it is not the site's own.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    calendar: CalendarPart | None = None


@dataclass(frozen=True)
class Dropped:
    """The mail is not wanted any more; `reason` is a sentence for the outbox."""

    reason: Words


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """One kind of mail.

    `compose` runs when the mail is sent, in the recipient's language and zone, outside any
    transaction. `about` tells the recipient, on the page of preferences, when such mails come.
    An optional kind can be turned off; one that `is_off_at_first` comes only to those who turned it
    on, and is optional too. A secret kind holds a private link: what it says is never
    shown, and is wiped once it has left. `may_repeat_when_unknown` says that a second copy does
    less harm than none, for when a connection breaks off and nobody knows.
    """

    name: str
    label: Words
    about: Words
    compose: Callable[[OutgoingEmail, datetime], Message | Dropped]
    is_optional: bool = False
    is_off_at_first: bool = False
    is_secret: bool = False
    may_repeat_when_unknown: bool = False


_KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> None:
    """Make a kind of mail known; called in `AppConfig.ready()` of the app that owns it."""
    if kind.name in _KINDS:
        raise ValueError(f"The kind of mail {kind.name!r} is registered twice.")
    if kind.is_off_at_first and not kind.is_optional:
        raise ValueError(f"The kind of mail {kind.name!r} is off at first, so it is optional.")
    _KINDS[kind.name] = kind


def all_kinds() -> list[MailKind]:
    """Return every kind of mail, in the order they were registered."""
    return list(_KINDS.values())


def optional_kinds() -> list[MailKind]:
    """Return the kinds that a person may turn off."""
    return [kind for kind in _KINDS.values() if kind.is_optional]


def find_kind(name: str) -> MailKind | None:
    """Return a kind by name; None for a kind that this release does not know."""
    return _KINDS.get(name)


def label_of(name: str) -> Words:
    """Return what a kind is called on a screen."""
    kind = _KINDS.get(name)
    return kind.label if kind else name
