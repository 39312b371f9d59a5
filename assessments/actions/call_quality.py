"""Call-quality scores of another system become evidence from the job, once each."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.models import SkillEvidence
from assessments.queries.evidence_page import CALL_QUALITY
from assessments.scorecards import Scorecard
from assessments.skill_estimate import Source, imported_noise
from portal.kit.errors import Refusal
from portal.people.models import User


class UnknownPeople(Refusal):
    """Some of the e-mail addresses belong to nobody here."""


@transaction.atomic
def import_call_quality(cards: Sequence[Scorecard], *, at: datetime) -> int:
    """Take in scorecards in the order of their days; return how many were new.

    All or none: one that was taken in before is passed over, so that a file can be sent again.

    Raises:
        UnknownPeople: somebody is not here, or not active; nothing was written.
    """
    wanted = {card.email.lower() for card in cards}
    active = User.objects.active().annotate(address=Lower("email")).filter(address__in=wanted)
    people = {user.email.lower(): user for user in active}
    if unknown := sorted(wanted - people.keys()):
        raise UnknownPeople("Nobody active has the address " + ", ".join(unknown) + ".")
    ordered = sorted(cards, key=lambda card: (card.on, card.reference))
    return sum(record_call_quality(one, user=people[one.email.lower()], at=at) for one in ordered)


@transaction.atomic
def record_call_quality(card: Scorecard, *, user: User, at: datetime) -> bool:
    """Let one scorecard move the estimates of its person; return whether it was new."""
    proof = f"{CALL_QUALITY}{card.reference}"
    findings = [
        Finding(skill=skill, value=share, noise=imported_noise(), items=1, behaviours={})
        for skill, share in card.scores.items()
    ]
    if SkillEvidence.objects.filter(proof=proof).exists():
        return False
    take_in(findings, Origin(Source.IMPORTED, on=card.on, proof=proof), user=user, at=at)
    return True
