"""Calibration rounds as their raters see them, and what follows from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from courses.content.skill_frame import Behaviour, FramedSkill
from courses.content.skills import Skill
from courses.queries.frame import frame_of_version
from portal.coaching.agreement import TENTATIVE, Alpha, agreement_of, leniency, ordinal_alpha
from portal.coaching.models import (
    AgreedExample,
    CalibrationMark,
    CalibrationRound,
    CalibrationSeat,
)
from portal.coaching.models.calibration import CalibrationRoundQuerySet
from portal.people.models import Membership, User
from portal.people.models.user import UserQuerySet
from portal.people.permissions import Role

ROUNDS_SHOWN = 50
MOST_RATERS = 12
EXAMPLES_SHOWN = 2
# Two quarters of ratings speak for a lead, once there are enough of them to say anything.
CALIBRATED_FOR = timedelta(days=183)
FEWEST_PAIRS = 10


def rounds_visible_to(viewer: User) -> CalibrationRoundQuerySet:
    """Return the rounds that somebody opened or rates in. Nobody else sees one."""
    return CalibrationRound.objects.of(viewer)


def possible_raters(viewer: User) -> UserQuerySet:
    """Return whom one is offered to ask: who leads a team beside one's own, and oneself."""
    around = [path[: path[:-1].rindex("/") + 1] for path in viewer.led_paths]
    beside = (Q(team__path__startswith=path) for path in around)
    leading = Membership.objects.current().filter(reduce(or_, beside, Q(pk__in=[])), is_lead=True)
    found: UserQuerySet = User.objects.active().filter(
        Q(pk=viewer.pk) | Q(pk__in=leading.values("user"))
    )
    return found.by_name()


def raters_by_address(addresses: Sequence[str]) -> dict[str, User]:
    """Return the leads who have these addresses, in lower case; others are not found."""
    leads = User.objects.active().filter(email__in=addresses, roles__contains=[Role.LEAD])
    return {one.email: one for one in leads}


@dataclass(frozen=True)
class RoundRow:
    """A line of the list of rounds."""

    round: CalibrationRound
    rated: int
    raters: int
    is_to_rate: bool


@dataclass(frozen=True)
class Rater:
    """Somebody who rates in a round, with how mild they were against what was agreed."""

    name: str
    has_rated: bool
    leniency: float | None = None

    @property
    def leniency_words(self) -> str:
        """In steps of the scale with its sign, as in +0.5; nothing where it is unknown."""
        return "" if self.leniency is None else f"{self.leniency:+.1f}".replace("-", "−")


@dataclass(frozen=True)
class RatedBehaviour:
    """One behavior: each rater's mark in their order, and what was agreed on."""

    behaviour: Behaviour
    marks: tuple[CalibrationMark | None, ...]
    agreed: AgreedExample | None

    @property
    def is_apart(self) -> bool:
        """Whether ratings lie two steps or more apart: where talking pays most."""
        given = [mark.rating for mark in self.marks if mark and mark.rating is not None]
        return bool(given) and max(given) - min(given) > 1


@dataclass(frozen=True)
class RoundPage:
    """A round as one of its people sees it; ratings of others only once they are shown."""

    round: CalibrationRound
    framed: FramedSkill
    is_host: bool
    is_to_rate: bool
    has_rated: bool
    raters: tuple[Rater, ...]
    rows: tuple[RatedBehaviour, ...]
    alpha: Alpha | None

    @property
    def rated(self) -> int:
        """How many have rated."""
        return sum(one.has_rated for one in self.raters)

    @property
    def can_be_shown(self) -> bool:
        """Whether the host may show the ratings now."""
        return self.is_host and self.round.shown_at is None and self.rated > 1


def round_list(viewer: User) -> list[RoundRow]:
    """Return somebody's rounds, those to rate first, in two queries."""
    found = list(rounds_visible_to(viewer).order_by("-opened_at")[:ROUNDS_SHOWN])
    seats: dict[object, list[CalibrationSeat]] = {one.pk: [] for one in found}
    for seat in CalibrationSeat.objects.filter(round__in=found):
        seats[seat.round_id].append(seat)
    rows = [
        RoundRow(
            round=one,
            rated=sum(seat.rated_at is not None for seat in seats[one.pk]),
            raters=len(seats[one.pk]),
            is_to_rate=one.shown_at is None
            and any(seat.rater_id == viewer.pk and not seat.rated_at for seat in seats[one.pk]),
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: not row.is_to_rate)


def round_page(found: CalibrationRound, viewer: User) -> RoundPage:
    """Return a round with what its viewer may see of it, in four queries at most."""
    seats = list(
        found.seats.select_related("rater").order_by("rater__name", "pk").prefetch_related("marks")
    )
    own = next((seat for seat in seats if seat.rater_id == viewer.pk), None)
    agreed = {one.behaviour: one for one in found.agreed.all()}
    framed = frame_of_version(found.frame.number).skill(Skill(found.skill))
    shown = [seat for seat in seats if found.shown_at or seat is own]
    marks = [{mark.behaviour: mark for mark in seat.marks.all()} for seat in shown]
    rows = tuple(
        RatedBehaviour(one, tuple(by.get(one.code) for by in marks), agreed.get(one.code))
        for one in framed.behaviours
    )
    return RoundPage(
        round=found,
        framed=framed,
        is_host=found.host_id == viewer.pk,
        is_to_rate=own is not None and own.rated_at is None and found.shown_at is None,
        has_rated=own is not None and own.rated_at is not None,
        raters=tuple(_rater(seat, agreed) for seat in seats),
        rows=rows,
        alpha=agreement_of([_given(row.marks) for row in rows]) if found.shown_at else None,
    )


def is_calibrated(lead: User, *, now: datetime) -> bool:
    """Say whether a lead's ratings agree enough with what rounds agreed on lately.

    True from `FEWEST_PAIRS` ratings within `CALIBRATED_FOR` on, with an ordinal alpha of at least
    `TENTATIVE` between the lead and the agreed ratings.
    """
    pairs = CalibrationMark.objects.filter(
        seat__rater=lead,
        rating__isnull=False,
        seat__round__shown_at__gte=now - CALIBRATED_FOR,
        seat__round__agreed__behaviour=F("behaviour"),
    ).values_list("rating", "seat__round__agreed__rating")
    units = [[rating, agreed] for rating, agreed in pairs if rating is not None]
    if len(units) < FEWEST_PAIRS:
        return False
    alpha = ordinal_alpha(units)
    return alpha is None or alpha >= TENTATIVE


def agreed_examples(codes: Iterable[str]) -> dict[str, list[AgreedExample]]:
    """Return the latest agreed examples of some behaviors, a few of each, in one query."""
    found: dict[str, list[AgreedExample]] = {}
    newest_first = F("agreed_at").desc(), F("pk").desc()
    place = Window(RowNumber(), partition_by="behaviour", order_by=newest_first)
    examples = AgreedExample.objects.filter(behaviour__in=list(codes)).annotate(place=place)
    for one in examples.filter(place__lte=EXAMPLES_SHOWN).order_by("place"):
        found.setdefault(one.behaviour, []).append(one)
    return found


def _rater(seat: CalibrationSeat, agreed: dict[str, AgreedExample]) -> Rater:
    pairs = [
        (mark.rating, agreed[mark.behaviour].rating)
        for mark in seat.marks.all()
        if mark.rating is not None and mark.behaviour in agreed
    ]
    return Rater(seat.rater.name, seat.rated_at is not None, leniency(pairs))


def _given(marks: Sequence[CalibrationMark | None]) -> list[int]:
    return [mark.rating for mark in marks if mark and mark.rating is not None]
