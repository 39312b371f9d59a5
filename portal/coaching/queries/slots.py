"""Times at which a lead and an agent could meet."""

from datetime import datetime

from django.db.models import Q

from courses.reminder_times import WorkingTime
from portal.coaching.models import FeedbackSession
from portal.coaching.slots import Busy, free_slots
from portal.people.models import User


def slots_for(lead: User, agent: User, *, minutes: int, now: datetime) -> list[datetime]:
    """Return a few starting times that suit the working hours and sessions of both, in UTC."""
    of_either = Q(lead__in=[lead, agent]) | Q(agent__in=[lead, agent])
    planned = FeedbackSession.objects.planned().filter(of_either, ends_at__gt=now)
    spans = planned.values_list("starts_at", "ends_at")
    busy = [Busy(starts, ends) for starts, ends in spans if starts and ends]
    return free_slots(WorkingTime.of(lead), WorkingTime.of(agent), busy, minutes=minutes, now=now)
