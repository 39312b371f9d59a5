"""Template tags about skills: where proof is, and how far evidence moved an estimate."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import EvidenceSource, SkillEvidence

register = template.Library()

_PROOF_PAGES = {
    EvidenceSource.SCENARIO: "assessments:debrief",
    EvidenceSource.QUIZ: "assessments:quiz-results",
}


@register.simple_tag
def proof_url(evidence: SkillEvidence) -> str:
    """Return the page of the attempt that evidence rests on."""
    return reverse(_PROOF_PAGES[EvidenceSource(evidence.source)], args=[evidence.attempt_id])


@register.simple_tag
def moved_words(moved: float) -> str:
    """Return how far a piece of evidence moved the estimate, in points of 100."""
    points = round(100 * moved)
    if not points:
        return _("Confirmed the estimate")
    words = _("Moved it up %(points)d") if points > 0 else _("Moved it down %(points)d")
    return words % {"points": abs(points)}
