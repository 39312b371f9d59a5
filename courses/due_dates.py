"""When something is due: on one day for all, or counted for each person from a day of their own."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.kit.wording import weekday_date


def months_after(day: date, months: int) -> date:
    """Return the same day of the month some months later, or the last one that month has."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class DueKind(TextChoices):
    """From what a last day is counted."""

    ON_DATE = "on_date", gettext_lazy("On a date")
    AFTER_ASSIGNING = "after_assigning", gettext_lazy("Days after they get it")
    AFTER_HIRE = "after_hire", gettext_lazy("Days after their hire date")


@dataclass(frozen=True)
class DuePolicy:
    """The last day as a lead chose it: `on` is set for a date, `days` for all else."""

    kind: DueKind
    on: date | None = None
    days: int | None = None

    @classmethod
    def on_date(cls, day: date) -> "DuePolicy":
        """Return the same last day for everybody."""
        return cls(DueKind.ON_DATE, on=day)

    @classmethod
    def after_assigning(cls, days: int) -> "DuePolicy":
        """Return a last day some days after each person gets it."""
        return cls(DueKind.AFTER_ASSIGNING, days=days)

    @classmethod
    def after_hire(cls, days: int) -> "DuePolicy":
        """Return a last day some days after each person's hire date."""
        return cls(DueKind.AFTER_HIRE, days=days)

    def due_on(self, *, assigned_on: date, hired_on: date) -> date:
        """Return somebody's last day; both days are as where they are.

        Who was hired before they got it has as many days from the day they got it: nobody is
        late on the first day.
        """
        match self.kind:
            case DueKind.ON_DATE:
                assert self.on is not None
                return self.on
            case DueKind.AFTER_ASSIGNING:
                first = assigned_on
            case DueKind.AFTER_HIRE:
                first = max(assigned_on, hired_on)
        assert self.days is not None
        return first + timedelta(days=self.days)

    @property
    def in_words(self) -> str:
        """How a list says it: "Due Friday 4 December", or from what it is counted."""
        if self.on is not None:
            return _("Due %(day)s") % {"day": weekday_date(self.on)}
        days = self.days or 0
        if self.kind == DueKind.AFTER_HIRE:
            words = ngettext(
                "Due %(days)d day after the hire date",
                "Due %(days)d days after the hire date",
                days,
            )
        else:
            words = ngettext(
                "Due %(days)d day after they get it", "Due %(days)d days after they get it", days
            )
        return words % {"days": days}
