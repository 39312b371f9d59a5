"""Which optional mails a person gets."""

from dataclasses import dataclass

from portal.notifications.kinds import MailKind, optional_kinds
from portal.notifications.models import Unsubscription
from portal.people.models import User


@dataclass(frozen=True)
class MailOption:
    """A kind of mail that may be turned off, and whether the person wants it."""

    kind: MailKind
    is_wanted: bool


def mail_options(user: User) -> list[MailOption]:
    """Return what a person may choose among."""
    turned_off = set(Unsubscription.objects.filter(user=user).values_list("kind", flat=True))
    return [MailOption(kind, kind.name not in turned_off) for kind in optional_kinds()]
