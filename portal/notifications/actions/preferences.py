"""Which optional mails a person gets: turned off with one click, or chosen on their page."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from portal.audit.models import record
from portal.notifications.kinds import MailKind, find_kind, optional_kinds
from portal.notifications.models import Subscription, Unsubscription
from portal.people.models import User


@transaction.atomic
def unsubscribe(user: User, kind_name: str, *, at: datetime) -> bool:
    """Turn one kind of mail off; return whether it was on. Safe to repeat."""
    kind = find_kind(kind_name)
    if kind and kind.is_off_at_first:
        return _delete(Subscription.objects.filter(user=user, kind=kind_name), "off", user, at)
    row, is_new = Unsubscription.objects.get_or_create(
        user=user, kind=kind_name, defaults={"since": at}
    )
    if is_new:
        record("turned off mails", row, by=user, at=at, kind=kind_name)
    return is_new


@transaction.atomic
def choose_mails(user: User, *, wanted: Collection[str], at: datetime) -> None:
    """Keep exactly the optional kinds in `wanted`, and turn the others off."""
    for kind in optional_kinds():
        if kind.name in wanted:
            _subscribe(user, kind, at=at)
        else:
            unsubscribe(user, kind.name, at=at)


def _subscribe(user: User, kind: MailKind, *, at: datetime) -> None:
    """Turn one kind of mail on; safe to repeat."""
    if not kind.is_off_at_first:
        _delete(Unsubscription.objects.filter(user=user, kind=kind.name), "on", user, at)
        return
    row, is_new = Subscription.objects.get_or_create(
        user=user, kind=kind.name, defaults={"since": at}
    )
    if is_new:
        record("turned on mails", row, by=user, at=at, kind=kind.name)


def _delete(
    rows: QuerySet[Subscription] | QuerySet[Unsubscription], turned: str, user: User, at: datetime
) -> bool:
    """Delete the choice that is there, and write down that mails are turned `on` or `off`."""
    found: list[Subscription | Unsubscription] = list(rows)
    for row in found:
        record(f"turned {turned} mails", row, by=user, at=at, kind=row.kind)
        row.delete()
    return bool(found)
