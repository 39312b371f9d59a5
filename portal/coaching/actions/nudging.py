"""A nudge: a few words of a lead to one of their people, at most one a day."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.reminder_times import WorkingTime
from portal.audit.models import record
from portal.coaching.mail_kinds import NUDGE
from portal.kit.clock import local_date
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User


class NudgedAlready(Refusal):
    """Somebody has nudged this person on the same day."""


@transaction.atomic
def nudge(person: User, *, words: str, by: User, at: datetime) -> datetime:
    """Send a lead's words in the person's working hours; return when that is.

    Raises:
        NudgedAlready: there is a nudge for that day already, by whomever.
    """
    due_at = WorkingTime.of(person).next_moment(at)
    draft = EmailDraft(
        kind=NUDGE,
        recipient=person,
        to_address=person.email,
        dedupe_key=f"{NUDGE}:{person.pk}:{local_date(due_at, person.time_zone)}",
        params={"words": words, "by": by.pk},
        due_at=due_at,
    )
    if not plan_emails([draft], at=at):
        raise NudgedAlready(_("They have been nudged for that day already."))
    record("nudged", person, by=by, at=at)
    return due_at
