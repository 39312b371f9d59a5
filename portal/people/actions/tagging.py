"""Tags: words of one's own by which leads and admins sort people."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from portal.audit.models import record
from portal.people.models import User


@transaction.atomic
def change_tags(user: User, tags: Iterable[str], *, by: User, at: datetime) -> User:
    """Give a person exactly these tags. Safe to repeat."""
    person: User = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    before, person.tags = person.tags, sorted(set(tags))
    if before != person.tags:
        person.save(update_fields=["tags"])
        record("changed tags of", person, by=by, at=at, before=before, after=person.tags)
    return person
