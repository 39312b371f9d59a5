"""Points where replies are judged: nearer to the key or further from it."""

from itertools import product
from statistics import fmean, pstdev

from assessments.responses import BestAndWorst, InOrder, Ratings
from courses.content.options import Standing
from courses.content.quiz_items import Item


def score_best_and_worst(item: Item, response: BestAndWorst) -> float:
    """Give half a point for the best reply, half for the worst; the worst as best earns 0.

    Source: LEARNING A3 and EXEMPLAR section 4, Q4.
    """
    best, worst = item.option_that_is(Standing.BEST), item.option_that_is(Standing.WORST)
    if response.best == worst:
        return 0.0
    return 0.5 * (response.best == best) + 0.5 * (response.worst == worst)


def score_ratings(item: Item, response: Ratings) -> float:
    """Give `1 - mean(|z_rater - z_key|) / z_max`, after standardizing ratings and key.

    Source: LEARNING A3, rate-all format, and EXEMPLAR section 4, Q5. Standardizing removes how
    somebody uses the scale: 2, 3, 4 and 1, 3, 5 are the same answer. `z_max` is the largest mean
    distance that any ratings can have from this key, so that points run from 0 to 1. Ratings that
    are all equal compare nothing and earn 0.
    """
    key = _standardized([option.rating or 0.0 for option in item.options])
    rater = _standardized([response.ratings[option_id] for option_id in item.option_ids()])
    if not any(rater):
        return 0.0
    distance = fmean(abs(own - keyed) for own, keyed in zip(rater, key, strict=True))
    return min(1.0, max(0.0, 1 - distance / _greatest_distance(key)))


def score_ranking(item: Item, response: InOrder) -> float:
    """Give `(d_max - d) / (d_max - d_min)`, d being the mean `|z_rank - z_key|`.

    Source: LEARNING A3: the rate-all format, with places as ratings, so that all are different and
    the distance is 0 for no ranking at all. By the rearrangement inequality it is smallest
    (`d_min`) where the ranking follows the key and largest (`d_max`) where it runs against it, so
    these earn 1 and 0. Options that the key rates the same may change places for nothing.
    """
    ratings = {option.shown.id: option.rating or 0.0 for option in item.options}
    places = _standardized([float(-place) for place in range(len(ratings))])
    given = _standardized([ratings[one] for one in response.order])
    best_first = sorted(given, reverse=True)
    near, far, own = (
        fmean(abs(place - keyed) for place, keyed in zip(places, order, strict=True))
        for order in (best_first, best_first[::-1], given)
    )
    return min(1.0, max(0.0, (far - own) / (far - near)))


def _standardized(values: list[float]) -> list[float]:
    """Return the values with mean 0 and standard deviation 1; all 0 if they are equal."""
    mean, deviation = fmean(values), pstdev(values)
    return [(value - mean) / deviation if deviation else 0.0 for value in values]


def _greatest_distance(key: list[float]) -> float:
    """Return the largest mean absolute distance of standardized values from `key`.

    For given signs of the distances, their mean is largest where the values follow the signs: it
    is the standard deviation of the signs less the mean of sign times key. So the largest over
    all signs is the largest of all; ratings in two steps, such as 1 and 5, reach it.
    """
    return max(
        pstdev(signs) - fmean(sign * value for sign, value in zip(signs, key, strict=True))
        for signs in product((-1, 1), repeat=len(key))
    )
