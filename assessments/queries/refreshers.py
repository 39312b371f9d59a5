"""Which refresher cards come to somebody today, and what comes after them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.models import RefresherPause, RetiredAs, SpacedCard
from portal.kit.clock import local_date
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

CARDS_A_DAY = 6
"""About five minutes. What is due beyond these waits for the next days, so that nothing piles up
over days off or a pause."""
_DAYS = 2 * CARDS_A_DAY


@dataclass(frozen=True)
class Session:
    """The cards of today: `done` of them have been answered, `left` follow in this order."""

    done: int
    left: tuple[SpacedCard, ...]

    @property
    def total(self) -> int:
        """How many there are today in all."""
        return self.done + len(self.left)


@dataclass(frozen=True)
class NextCards:
    """The next day on which cards come, and how many."""

    day: date
    number: int


@dataclass(frozen=True)
class Rest:
    """What is shown when no card is left today."""

    done: int
    has_cards: bool
    paused_until: date | None
    next: NextCards | None


def cards_due(user: User, *, now: datetime) -> int:
    """Return how many cards somebody may still answer today, in one query."""
    found = _DUE_NUMBERS.all(user=user.pk, today=local_date(now, user.time_zone))
    return max(0, min(len(found), CARDS_A_DAY - found[0][1])) if found else 0


def session_of(user: User, *, now: datetime) -> Session:
    """Return the cards of today, in one query while some are left, else in two."""
    today = local_date(now, user.time_zone)
    found: list[Any] = _DUE.all(user=user.pk, today=today)
    if not found:
        return Session(SpacedCard.objects.filter(user=user, reviewed_on=today).count(), ())
    done = found[0].done
    return Session(done, tuple(found[: max(0, CARDS_A_DAY - done)]))


def rest_of(user: User, *, now: datetime) -> Rest:
    """Return what comes next and when, for somebody for whom no card is left today."""
    today = local_date(now, user.time_zone)
    own = SpacedCard.objects.filter(user=user)
    counted = own.aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(reviewed_on=today)),
    )
    return Rest(
        done=counted["done"],
        has_cards=bool(counted["all"]),
        paused_until=paused_until(user, now=now),
        next=_next_cards(own, today),
    )


def paused_until(user: User, *, now: datetime) -> date | None:
    """Return the day on which cards come again, if somebody has paused them."""
    pauses = RefresherPause.objects.filter(user=user, until__gt=local_date(now, user.time_zone))
    return pauses.values_list("until", flat=True).first()


def people_with_cards_due(people: Collection[User], today: date) -> set[int]:
    """Return the ids of those who have cards due on a day that is today for each of them."""
    paused = RefresherPause.objects.filter(user=OuterRef("user"), until__gt=today)
    cards = SpacedCard.objects.active().showable().filter(user__in=people, due_on__lte=today)
    return set(cards.filter(~Exists(paused)).values_list("user_id", flat=True).distinct())


def own_card(user: User, pk: int) -> SpacedCard:
    """Return a card of somebody's own, with what its page needs and without the content.

    Raises:
        SpacedCard.DoesNotExist: it is another person's, or there is none.
    """
    return _OWN.get(user=user.pk, pk=pk)


def retired_cards(user: User) -> QuerySet[SpacedCard]:
    """Return the cards that somebody does not need, the latest first."""
    own = SpacedCard.objects.filter(user=user, retired_as=RetiredAs.OWN_WISH)
    return _with_content(own).order_by("-retired_at", "-pk")


def is_due(card: SpacedCard, today: date) -> bool:
    """Say whether a card's day has come, and it was not put away."""
    return card.due_on is not None and card.due_on <= today and not card.is_retired


def may_be_told(card: SpacedCard) -> bool:
    """Say whether what a card teaches may be shown now."""
    return SpacedCard.objects.showable().filter(pk=card.pk).exists()


def _next_cards(own: QuerySet[SpacedCard], today: date) -> NextCards | None:
    """Return the next day after today; what today had no room for comes tomorrow."""
    showable = own.active().showable()  # type: ignore[attr-defined]  # filters of its own
    days = showable.values("due_on").annotate(number=Count("pk")).order_by("due_on")
    found = [(max(one["due_on"], today + timedelta(days=1)), one["number"]) for one in days[:_DAYS]]
    if not found:
        return None
    first, _number = found[0]
    return NextCards(first, min(CARDS_A_DAY, sum(number for day, number in found if day == first)))


def _due(user: int, today: date) -> QuerySet[Any]:
    paused = RefresherPause.objects.filter(user=OuterRef("user"), until__gt=today)
    done = SpacedCard.objects.filter(user=user, reviewed_on=today).order_by().values("user")
    cards = SpacedCard.objects.active().showable().filter(user=user, due_on__lte=today)
    return (
        cards.filter(~Exists(paused))
        .annotate(done=Coalesce(Subquery(done.annotate(n=Count("pk")).values("n")), 0))
        .order_by("due_on", "pk")
    )


def _with_content(cards: QuerySet[SpacedCard]) -> QuerySet[SpacedCard]:
    cards = cards.select_related("revision__activity", "version", "attempt", "module__course")
    return cards.defer(
        "revision__content", "revision__activity__draft", "version__content", "attempt__run_state"
    )


_DUE_NUMBERS = StoredQuery(
    lambda user, today: _due(user, today).values_list("pk", "done")[:CARDS_A_DAY]
)
_DUE = StoredQuery(lambda user, today: _with_content(_due(user, today))[:CARDS_A_DAY])
_OWN = StoredQuery(lambda user, pk: _with_content(SpacedCard.objects.filter(user=user, pk=pk)))
