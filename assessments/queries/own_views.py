"""How people rate themselves beside what the evidence says, and what they see differently."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from assessments.models import OtherView, SelfRating, SkillEvidence
from assessments.skill_estimate import Estimate, rating_value
from courses.content.skills import Skill
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by


class Beside(StrEnum):
    """How a self-rating stands beside the evidence."""

    TOO_EARLY = "too_early"
    SAME = "same"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class OwnRating:
    """How somebody rates a skill of their own, and how that stands beside the evidence."""

    rating: int
    at: datetime
    beside: Beside


def own_rating(person: User, skill: Skill, estimate: Estimate) -> OwnRating | None:
    """Return the newest self-rating of a skill; None before the first. One query."""
    found = _NEWEST_RATING.first(person=person.pk, skill=skill.value)
    if found is None:
        return None
    return OwnRating(found.rating, found.rated_at, _beside(found.rating, estimate))


def views_on(person: User, skill: Skill) -> tuple[OtherView, ...]:
    """Return what somebody said of a skill, with the answers, the newest first. One query."""
    return tuple(_VIEWS_ON.all(person=person.pk, skill=skill.value))


def views_about(evidence: SkillEvidence) -> tuple[OtherView, ...]:
    """Return what somebody said of a piece of evidence, whichever key it counted by. One query."""
    first = evidence.supersedes_id or evidence.pk
    about = Q(evidence=first) | Q(evidence__supersedes=first)
    found = _with_what_it_is_about(OtherView.objects.filter(about))
    return tuple(found.order_by("-written_at", "-pk"))


def views_for(viewer: User) -> QuerySet[OtherView]:
    """Return what those say whom the viewer answers for; for others nothing."""
    if not viewer.may(Permission.ANSWER_VIEWS):
        return OtherView.objects.none()
    found = OtherView.objects.filter(user__in=people_overseen_by(viewer))
    return _with_what_it_is_about(found)


def waiting_views(viewer: User) -> QuerySet[OtherView]:
    """Return what waits for the viewer's answer, the oldest first."""
    waiting = views_for(viewer).filter(answered_at__isnull=True)
    return waiting.order_by("written_at", "pk")


def _with_what_it_is_about(views: QuerySet[OtherView]) -> QuerySet[OtherView]:
    return views.select_related("user", "answered_by", "evidence__attempt__activity").defer(
        "evidence__attempt__run_state",
        "evidence__attempt__result",
        "evidence__attempt__activity__draft",
    )


_NEWEST_RATING = StoredQuery(
    lambda person, skill: SelfRating.objects.filter(user=person, skill=skill).order_by(
        "-rated_at", "-pk"
    )[:1]
)
_VIEWS_ON = StoredQuery(
    lambda person, skill: _with_what_it_is_about(
        OtherView.objects.filter(user=person, skill=skill)
    ).order_by("-written_at", "-pk")
)


def _beside(rating: int, estimate: Estimate) -> Beside:
    if not estimate.is_enough:
        return Beside.TOO_EARLY
    low, high = estimate.interval
    value = rating_value(rating)
    # A step of the scale is a quarter: half of one to each side is the same view.
    if value > high + 0.125:
        return Beside.HIGHER
    return Beside.LOWER if value < low - 0.125 else Beside.SAME
