"""Turning one's calendar feed on and off; a new address ends the one before."""

from datetime import datetime

from django.db import transaction

from portal.audit.models import record
from portal.coaching.models import CalendarFeed
from portal.people.models import User


@transaction.atomic
def open_feed(*, by: User, at: datetime) -> CalendarFeed:
    """Give somebody an address for their calendar; the one they had before works no longer."""
    feed, is_new = CalendarFeed.objects.select_for_update().get_or_create(
        user=by, defaults={"changed_at": at}
    )
    if not is_new:
        feed.number += 1
        feed.is_on = True
        feed.changed_at = at
        feed.save(update_fields=["number", "is_on", "changed_at"])
    record("opened", feed, by=by, at=at, number=feed.number)
    return feed


@transaction.atomic
def close_feed(*, by: User, at: datetime) -> None:
    """End somebody's address; safe to repeat."""
    open_ones = CalendarFeed.objects.filter(user=by, is_on=True)
    for feed in open_ones.select_for_update():
        feed.is_on = False
        feed.changed_at = at
        feed.save(update_fields=["is_on", "changed_at"])
        record("closed", feed, by=by, at=at, number=feed.number)
