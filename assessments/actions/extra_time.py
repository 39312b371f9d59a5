"""Giving a person more time in quizzes, and ending that."""

from datetime import datetime

from django.db import transaction

from assessments.models import ExtraTime
from assessments.queries.extra_time import extra_percent_of
from portal.audit.models import record
from portal.people.models import User


@transaction.atomic
def set_extra_time(person: User, *, percent: int, reason: str, by: User, at: datetime) -> ExtraTime:
    """Agree on extra time, or end it with 0 percent. It counts for quizzes begun from now on.

    The audit says how much it was and is; why stays with the row.
    """
    before = extra_percent_of(person)
    agreed = ExtraTime.objects.create(
        user=person, percent=percent, reason=reason, set_by=by, set_at=at
    )
    record("set extra time", person, by=by, at=at, percent=percent, before=before)
    return agreed
