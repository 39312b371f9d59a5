"""How the items of a quiz go, for its authors; nothing here says who answered what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.item_statistics import (
    ENOUGH_ATTEMPTS,
    Flag,
    Raised,
    Reliability,
    choice_rates,
    discrimination,
    facility,
    flags_of,
    median_seconds,
    reliability,
    spread_of,
)
from assessments.item_sums import ItemSums, QuizSums
from assessments.models import QuizStatistic
from courses.content.quiz_items import Item
from courses.content.shapes import item_shape, quiz_shape
from courses.models import Activity
from courses.queries.content import live_revision_of, quiz_of

WORDS: dict[Flag, str | Promise] = {
    Flag.STRONG_CHOOSE_OTHER: _("Most strong agents choose option %(option)s: check the key."),
    Flag.TURNED_AROUND: _("Who does well in the rest does worse here: check the key and wording."),
    Flag.HARDLY_TELLS: _("It hardly tells strong agents from weak ones."),
    Flag.ALL_KNOW: _("Nearly everybody earns this: ask for something harder, or let it go."),
    Flag.HARDLY_ANY: _("Hardly anybody earns this: is it taught, and is the question clear?"),
    Flag.OFTEN_OMITTED: _("More than one in ten leave it out: is it clear what to do?"),
    Flag.NEVER_CHOSEN: _("Hardly anybody chooses option %(option)s: write a likelier one."),
    Flag.NOT_AS_MEANT: _("Meant for %(meant)d%% of the points, and %(found)d%% are earned."),
}


@dataclass(frozen=True)
class OptionRate:
    """How often an option was chosen, in whole percent, by third and in all."""

    name: str
    text: str
    is_key: bool
    upper: int
    lower: int
    overall: int


@dataclass(frozen=True)
class ItemRow:
    """One item; numbers are None where nothing can be said, shares in whole percent."""

    item: Item
    attempts: int
    facility: int | None
    discrimination: float | None
    omitted: int | None
    seconds: int | None
    rates: tuple[OptionRate, ...]
    flags: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough attempts to judge by."""
        return self.attempts >= ENOUGH_ATTEMPTS


@dataclass(frozen=True)
class StatisticsPage:
    """A quiz as its authors look at it; `mean` and `spread` are of 100."""

    activity: Activity
    attempts: int
    earlier: int
    counted_at: datetime | None
    mean: float | None
    spread: float | None
    reliability: Reliability | None
    is_drawn: bool
    rows: tuple[ItemRow, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough attempts to judge by."""
        return self.attempts >= ENOUGH_ATTEMPTS

    @property
    def enough(self) -> int:
        """How many attempts it takes."""
        return ENOUGH_ATTEMPTS

    @property
    def flagged(self) -> int:
        """How many items are worth a look."""
        return sum(bool(row.flags) for row in self.rows)


def statistics_page(activity: Activity) -> StatisticsPage:
    """Return the statistics of what learners are asked now, first what is worth a look.

    One query, but for the content.
    """
    quiz = quiz_of(live_revision_of(activity))
    kept = list(QuizStatistic.objects.filter(activity=activity))
    by_key = {(one.step_id, one.shape): one.sums for one in kept}
    sums = QuizSums.from_json(by_key.get(("", quiz_shape(quiz)), {}))
    rows = [item_row(item, by_key) for item in quiz.items]
    mean, spread = spread_of(sums) or (None, None)
    return StatisticsPage(
        activity=activity,
        attempts=sums.attempts,
        earlier=sum(one.sums["attempts"] for one in kept if not one.step_id) - sums.attempts,
        counted_at=max((one.counted_at for one in kept), default=None),
        mean=mean,
        spread=spread,
        reliability=reliability(sums, is_drawn=bool(quiz.sections)),
        is_drawn=bool(quiz.sections),
        rows=tuple(sorted(rows, key=lambda row: not row.flags)),
    )


def item_row(item: Item, kept: Mapping[tuple[str, str], Any]) -> ItemRow:
    """Return how an item goes, from the sums that are kept by its id and shape."""
    sums = ItemSums.from_json(kept.get((item.id, item_shape(item)), {}))
    share = facility(sums) if item.is_scored else None
    return ItemRow(
        item=item,
        attempts=sums.attempts,
        facility=None if share is None else round(100 * share),
        discrimination=discrimination(sums) if item.is_scored else None,
        omitted=round(100 * sums.omitted / sums.attempts) if sums.attempts else None,
        seconds=median_seconds(sums),
        rates=_rates(item, sums),
        flags=tuple(_in_words(one, item, share) for one in flags_of(item, sums)),
    )


def _rates(item: Item, sums: ItemSums) -> tuple[OptionRate, ...]:
    """Return the rates of the options that were chosen, those of the key marked."""
    options = {option.shown.id: option for option in item.options}
    found = []
    for rate in choice_rates(sums):
        said, _space, option_id = rate.option.rpartition(" ")
        option = options.get(option_id)
        if option is None:
            continue
        name = {"best": gettext("Best: %s"), "worst": gettext("Worst: %s")}.get(said, "%s")
        found.append(
            OptionRate(
                name=name % option_id,
                text=option.shown.text,
                is_key=option.standing in (said, "right"),
                upper=round(100 * rate.upper),
                lower=round(100 * rate.lower),
                overall=round(100 * rate.overall),
            )
        )
    return tuple(found)


def _in_words(raised: Raised, item: Item, share: float | None) -> str:
    values = {
        "option": raised.option,
        "meant": round(100 * item.difficulty),
        "found": round(100 * (share or 0)),
    }
    return str(WORDS[raised.flag]) % values
