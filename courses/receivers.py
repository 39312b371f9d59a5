"""What courses do when something happens to people."""

from typing import Any

from django.dispatch import receiver

from courses.actions.reminders import reschedule_reminders
from portal.people.models import User
from portal.people.signals import working_time_changed


@receiver(working_time_changed, dispatch_uid="courses.move_reminders")
def move_reminders(sender: object, *, user: User, **_: Any) -> None:
    """Let reminders follow a person to their new time zone and working hours."""
    reschedule_reminders(user)
