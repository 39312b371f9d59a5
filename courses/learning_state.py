"""The words for how somebody stands with a module: one fixed list for every screen and export."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DUE_SOON_DAYS = 7


class LearningState(TextChoices):
    """How somebody stands with a module."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for marking")
    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    FINISHED = "finished", _("Finished")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXEMPT = "exempt", _("Exempt")
    CLOSED = "closed", _("Closed")

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self not in _OVER


class WithdrawnAs(TextChoices):
    """How a duty ended that was not finished: each is the word for how its person stands."""

    WITHDRAWN = "withdrawn", LearningState.WITHDRAWN.label
    EXEMPT = "exempt", LearningState.EXEMPT.label
    CLOSED = "closed", LearningState.CLOSED.label


_OVER = frozenset(
    {
        LearningState.FINISHED,
        LearningState.WITHDRAWN,
        LearningState.EXEMPT,
        LearningState.CLOSED,
    }
)


def learning_state(
    *,
    now: datetime,
    is_started: bool,
    is_waiting: bool = False,
    due_at: datetime | None = None,
    finished_at: datetime | None = None,
    withdrawn_as: str = "",
) -> LearningState:
    """Return the one word for a module: what is over comes first, then what presses most.

    It `is_waiting` where all that is left was handed in: nothing presses its person then.
    `due_at` is the end of the last day in the person's own zone; None where nobody asked for it.
    """
    if withdrawn_as:
        return LearningState(withdrawn_as)
    if finished_at:
        return LearningState.FINISHED
    if is_waiting:
        return LearningState.WAITING
    if due_at and due_at < now:
        return LearningState.OVERDUE
    if due_at and due_at < due_soon_until(now):
        return LearningState.DUE_SOON
    return LearningState.IN_PROGRESS if is_started else LearningState.NOT_STARTED


def due_soon_until(now: datetime) -> datetime:
    """Return the moment from which a last day ends too late to be called soon.

    A day later than the number of days says: as due times are the ends of days, "seven days from
    today" holds until the end of that seventh day, whatever hour it is now.
    """
    return now + timedelta(days=DUE_SOON_DAYS + 1)
