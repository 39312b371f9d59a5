"""Which optional mails a person gets."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.notifications.kinds import MailKind, optional_kinds
from portal.notifications.models import Subscription, Unsubscription
from portal.people.models import User


@dataclass(frozen=True)
class MailOption:
    """A kind of mail that may be turned off, and whether the person wants it."""

    kind: MailKind
    is_wanted: bool


def mail_options(user: User) -> list[MailOption]:
    """Return what a person may choose among."""
    changed = changed_choices([user.pk])
    return [
        MailOption(kind, is_wanted(kind, is_changed=(user.pk, kind.name) in changed))
        for kind in optional_kinds()
    ]


def changed_choices(people: Collection[int]) -> set[tuple[int, str]]:
    """Return, by person and name of a kind, where people chose other than what holds at first."""
    off = Unsubscription.objects.filter(user__in=people).values_list("user_id", "kind")
    on = Subscription.objects.filter(user__in=people).values_list("user_id", "kind")
    return set(off.union(on))


def is_wanted(kind: MailKind, *, is_changed: bool) -> bool:
    """Say whether somebody gets a kind of mail, who did or did not change what holds at first."""
    return not kind.is_optional or is_changed == kind.is_off_at_first
