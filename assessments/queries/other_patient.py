"""The same moments of a call with another of its patients, for whoever played both."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Subquery

from assessments.models import Answer, Attempt
from assessments.queries.answers import replies_in
from assessments.queries.debrief import STRONG_FROM, Debrief
from courses.content.scenario_graph import replay
from courses.content.scenario_score import Score, score_of_steps
from courses.content.scenario_shapes import GateResult, Scenario
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User


@dataclass(frozen=True)
class SameMoment:
    """A moment that both runs came to: whether each reply was strong, or the safety step met."""

    number: int
    title: str
    here: bool
    there: bool
    is_gate: bool

    @property
    def differs(self) -> bool:
        """Whether it went better with one of the two."""
        return self.here != self.there


@dataclass(frozen=True)
class OtherPatient:
    """The latest run of the same call with another patient, moment by moment beside this one."""

    attempt: UUID
    here: str
    there: str
    moments: tuple[SameMoment, ...]

    @property
    def differing(self) -> tuple[SameMoment, ...]:
        """The moments that went better with one of the two."""
        return tuple(one for one in self.moments if one.differs)

    @property
    def good_here(self) -> int:
        """How many of them went well in the run that is looked back on."""
        return sum(one.here for one in self.moments)

    @property
    def good_there(self) -> int:
        """How many of them went well with the other patient."""
        return sum(one.there for one in self.moments)


def other_patient_in(page: Debrief, viewer: User) -> OtherPatient | None:
    """Return the person's own latest run of this call with another patient, in one query.

    None where there is none, and for everybody else: that run may be practice.
    """
    attempt = page.attempt
    if attempt.user_id != viewer.pk or len(page.scenario.cards) == 1:
        return None
    answers = _OTHER_ANSWERS.all(
        user=viewer.pk,
        activity=attempt.activity_id,
        revision=attempt.revision_id,
        card=attempt.card,
    )
    if not answers:
        return None
    other = answers[0].attempt
    card = page.scenario.card(other.card)
    steps = replay(page.scenario, card, replies_in(one.payload for one in answers))
    there = _went_well(page.scenario, score_of_steps(page.scenario, card, steps))
    return OtherPatient(other.pk, page.card.name, card.name, _same_moments(page, there))


def _same_moments(page: Debrief, there: Mapping[str, bool]) -> tuple[SameMoment, ...]:
    """Return each moment once, as it was met first in either run."""
    found: dict[str, SameMoment] = {}
    for one in page.decisions:
        here = one.gate_result is GateResult.MET if one.gate_result else one.is_strong
        key = one.gate or one.moment
        if here is None or key in found or key not in there:
            continue
        found[key] = SameMoment(one.number, one.title, here, there[key], bool(one.gate))
    return tuple(found.values())


def _went_well(scenario: Scenario, score: Score) -> dict[str, bool]:
    """Return how each measured moment went, and each safety step by what it is called."""
    gates = {scenario.gates[gate]: one for gate, one in score.gates.items() if one is not None}
    return {one.moment: one.share >= STRONG_FROM for one in score.moments} | {
        name: result is GateResult.MET for name, result in gates.items()
    }


_OTHER_ANSWERS = StoredQuery(
    lambda user, activity, revision, card: (
        Answer.objects.filter(
            attempt=Subquery(
                Attempt.objects.filter(
                    user=user, activity=activity, revision=revision, finished_at__isnull=False
                )
                .exclude(card=card)
                .order_by("-finished_at", "-pk")
                .values("pk")[:1]
            )
        )
        .select_related("attempt")
        .only("seq", "payload", "attempt__card")
        .order_by("seq")
    )
)
