"""A panel's key: how raters see the options of a situation, and which options and items to keep.

Pure: no database, no clock, no settings. Source of the rules: Attune's learning design, section
A3: at least ten raters who rate alone, from 1 to 5; an option is kept where the standard deviation
is 1.0 at most, and a decision where best and worst lie at least 1.5 apart.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev
from typing import Any

from courses.content.quiz_items import ItemType, KeySource

LOWEST, HIGHEST = 1, 5
ENOUGH_RATERS = 10
MOST_SPREAD = 1.0
LEAST_GAP = 1.5
FEWEST_OPTIONS = 3
DIGITS = 2
_ROUNDING = 1e-9


class Doubt(StrEnum):
    """Why a panel gives no key yet."""

    FEW_RATERS = "few_raters"
    FEW_OPTIONS = "few_options"
    SMALL_GAP = "small_gap"
    TIED = "tied"


@dataclass(frozen=True)
class RatedOption:
    """How a panel sees one option: mean and standard deviation of its ratings from 1 to 5.

    The deviation is that of a sample (n - 1), as the raters stand for all who might rate.
    """

    id: str
    ratings: tuple[int, ...]

    @property
    def mean(self) -> float:
        """The mean rating."""
        return fmean(self.ratings)

    @property
    def spread(self) -> float:
        """How far raters are apart; 0 while there are not two."""
        return stdev(self.ratings) if len(self.ratings) > 1 else 0.0

    @property
    def raters(self) -> int:
        """How many rated it."""
        return len(self.ratings)

    @property
    def is_kept(self) -> bool:
        """Whether raters agree well enough on it."""
        return self.spread <= MOST_SPREAD + _ROUNDING


@dataclass(frozen=True)
class PanelResult:
    """What a panel makes of an item, by option in the order of the item."""

    item_type: ItemType
    options: tuple[RatedOption, ...]

    @property
    def raters(self) -> int:
        """How many rated."""
        return max((option.raters for option in self.options), default=0)

    @property
    def kept(self) -> tuple[RatedOption, ...]:
        """The options on which raters agree, the best first."""
        kept = [option for option in self.options if option.raters and option.is_kept]
        return tuple(sorted(kept, key=lambda option: -option.mean))

    @property
    def gap(self) -> float:
        """How far the best and the worst of the kept options lie apart."""
        return self.kept[0].mean - self.kept[-1].mean if self.kept else 0.0

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why it gives no key; empty where it does."""
        found = []
        if self.raters < ENOUGH_RATERS:
            found.append(Doubt.FEW_RATERS)
        if len(self.kept) < FEWEST_OPTIONS:
            found.append(Doubt.FEW_OPTIONS)
        elif self.gap < LEAST_GAP - _ROUNDING:
            found.append(Doubt.SMALL_GAP)
        elif self.item_type is ItemType.BEST_WORST and self._is_tied:
            found.append(Doubt.TIED)
        return tuple(found)

    @property
    def gives_key(self) -> bool:
        """Whether the item is kept, with the panel's means as its key."""
        return not self.doubts

    @property
    def _is_tied(self) -> bool:
        """Whether two options share the first or the last place."""
        means = [round(option.mean, DIGITS) for option in self.kept]
        return means[0] == means[1] or means[-1] == means[-2]


def panel_result(
    item_type: ItemType, option_ids: Sequence[str], ratings: Sequence[Mapping[str, int]]
) -> PanelResult:
    """Sum up what each rater gave, by option id; raters who left one out do not count for it."""
    return PanelResult(
        item_type,
        tuple(
            RatedOption(one, tuple(given[one] for given in ratings if one in given))
            for one in option_ids
        ),
    )


def with_panel_key(
    raw: Mapping[str, Any], rated: Mapping[str, Any], result: PanelResult
) -> dict[str, Any]:
    """Return a quiz, as its author writes it, with the panel's key in the item that was `rated`.

    Options on which raters do not agree are left out. Call it only where the result `gives_key`.

    Raises:
        LookupError: the quiz has no such item, or it does not ask the same any more.
    """
    changed: dict[str, Any] = deepcopy(dict(raw))
    item = raw_item(changed, rated["id"])
    if _asked(item) != _asked(rated):
        raise LookupError(rated["id"])
    kept = {option.id: option for option in result.kept}
    item["options"] = [one for one in item["options"] if one["id"] in kept]
    item["keyed_by"] = KeySource.PANEL.value
    for option in item["options"]:
        sums = kept[option["id"]]
        option["rating"] = round(sums.mean, DIGITS)
        option["spread"] = round(sums.spread, DIGITS)
        option["raters"] = sums.raters
        if result.item_type is ItemType.BEST_WORST:
            option.pop("standing", None)
    if result.item_type is ItemType.BEST_WORST:
        by_id = {option["id"]: option for option in item["options"]}
        by_id[result.kept[0].id]["standing"] = "best"
        by_id[result.kept[-1].id]["standing"] = "worst"
    return changed


def raw_item(raw: Mapping[str, Any], item_id: str) -> dict[str, Any]:
    """Return an item of a quiz as its author writes it.

    Raises:
        LookupError: the quiz has no such item.
    """
    found: dict[str, Any] | None = next((o for o in raw["items"] if o["id"] == item_id), None)
    if found is None:
        raise LookupError(item_id)
    return found


def _asked(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what raters of an item read: its words, and those of its options in order."""
    options = [(option["id"], option["text"]) for option in item["options"]]
    return item.get("type"), item.get("stem"), item.get("prompt"), options
