"""Which optional mails a person gets: turned off with one click, or chosen on their page."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from portal.audit.models import record
from portal.notifications.kinds import optional_kinds
from portal.notifications.models import Unsubscription
from portal.people.models import User


@transaction.atomic
def unsubscribe(user: User, kind_name: str, *, at: datetime) -> bool:
    """Turn one kind of mail off; return whether it was on. Safe to repeat."""
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
        if kind.name not in wanted:
            unsubscribe(user, kind.name, at=at)
            continue
        for row in Unsubscription.objects.filter(user=user, kind=kind.name):
            record("turned on mails", row, by=user, at=at, kind=kind.name)
            row.delete()
