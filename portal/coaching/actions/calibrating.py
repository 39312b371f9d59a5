"""Calibration rounds: open one, rate blind, show all ratings, and agree."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.framing import frame_in_force
from courses.content.skills import Skill
from portal.audit.models import record
from portal.coaching.actions.observing import Heard, NothingObserved
from portal.coaching.mail_kinds import CALIBRATION
from portal.coaching.models import (
    AgreedExample,
    CalibrationMark,
    CalibrationRound,
    CalibrationSeat,
)
from portal.kit.errors import NotAllowed, Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User

FEWEST_RATERS = 2


class RoundClosed(Refusal):
    """The ratings of this round are open to all its raters, so nobody rates in it any more."""


class TooFewRatings(Refusal):
    """With one rating or none there is nothing to compare."""


@dataclass(frozen=True)
class Agreed:
    """What a round agreed on for one behavior: from 1 to 5, and the words that show it."""

    rating: int
    words: str


@transaction.atomic
def open_round(
    *, title: str, transcript: str, skill: Skill, raters: Iterable[User], by: User, at: datetime
) -> CalibrationRound:
    """Open a round and invite its raters by mail.

    Raises:
        TooFewRatings: fewer than two raters; nothing was changed.
    """
    people = {one.pk: one for one in raters}
    if len(people) < FEWEST_RATERS:
        raise TooFewRatings(_("Choose at least two people, so that there is something to compare."))
    opened = CalibrationRound.objects.create(
        host=by,
        title=title,
        transcript=transcript,
        skill=skill,
        frame=frame_in_force(at=at),
        opened_at=at,
    )
    CalibrationSeat.objects.bulk_create(
        CalibrationSeat(round=opened, rater=one) for one in people.values()
    )
    plan_emails(
        (
            EmailDraft(
                kind=CALIBRATION,
                recipient=one,
                to_address=one.email,
                dedupe_key=f"{CALIBRATION}:{one.pk}:{opened.pk}",
                params={"round": str(opened.pk)},
                due_at=at,
            )
            for one in people.values()
            if one != by
        ),
        at=at,
    )
    record("opened", opened, by=by, at=at, skill=skill, raters=len(people))
    return opened


@transaction.atomic
def rate_blind(
    round_id: uuid.UUID, heard: Mapping[str, Heard], *, by: User, at: datetime
) -> CalibrationSeat:
    """Keep how somebody rates the transcript, by behavior code. It cannot be changed afterwards.

    Raises:
        CalibrationRound.DoesNotExist: there is none, or they do not rate in it.
        RoundClosed: they rated before, or the ratings are shown already.
        NothingObserved: nothing was changed.
    """
    seats = CalibrationSeat.objects.select_for_update(of=("self",)).select_related("round")
    seat = seats.filter(round=round_id, rater=by).first()
    if seat is None:
        raise CalibrationRound.DoesNotExist
    if seat.rated_at or seat.round.shown_at:
        raise RoundClosed(_("Your ratings are kept, or this round is closed. Nothing was changed."))
    if all(one.rating is None for one in heard.values()):
        raise NothingObserved(_("Rate at least one thing you saw, with a quote."))
    CalibrationMark.objects.bulk_create(
        CalibrationMark(seat=seat, behaviour=code, rating=one.rating, quote=one.quote)
        for code, one in heard.items()
    )
    seat.rated_at = at
    seat.save(update_fields=["rated_at"])
    return seat


@transaction.atomic
def show_ratings(round_id: uuid.UUID, *, by: User, at: datetime) -> CalibrationRound:
    """Show all ratings to all raters, which ends the rating; safe to repeat.

    Raises:
        CalibrationRound.DoesNotExist, NotAllowed: only its host does this.
        TooFewRatings: fewer than two have rated.
    """
    found = _hosted_round(round_id, by=by)
    if found.shown_at:
        return found
    if found.seats.filter(rated_at__isnull=False).count() < FEWEST_RATERS:
        raise TooFewRatings(_("At least two have to rate before there is something to compare."))
    found.shown_at = at
    found.save(update_fields=["shown_at"])
    record("showed the ratings", found, by=by, at=at)
    return found


@transaction.atomic
def agree_on(round_id: uuid.UUID, agreed: Mapping[str, Agreed], *, by: User, at: datetime) -> None:
    """Keep what the raters agreed on, by behavior code; what is left out is agreed on no more.

    Raises:
        CalibrationRound.DoesNotExist, NotAllowed: only its host does this.
        RoundClosed: the ratings are not shown yet.
    """
    found = _hosted_round(round_id, by=by)
    if found.shown_at is None:
        raise RoundClosed(_("Show the ratings first, then talk, then agree."))
    found.agreed.exclude(behaviour__in=agreed).delete()
    for code, one in agreed.items():
        values = {"rating": one.rating, "words": one.words, "agreed_at": at}
        AgreedExample.objects.update_or_create(round=found, behaviour=code, defaults=values)
    ratings = {code: one.rating for code, one in agreed.items()}
    record("agreed", found, by=by, at=at, ratings=ratings)


def _hosted_round(round_id: uuid.UUID, *, by: User) -> CalibrationRound:
    rounds = CalibrationRound.objects.select_for_update(of=("self",)).of(by)
    found = rounds.get(pk=round_id)
    if found.host != by:
        raise NotAllowed(_("Who opened the round does this."))
    return found
