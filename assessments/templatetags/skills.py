"""Template tags about skills: where proof is, how far evidence moved an estimate, what waits."""

from django import template
from django.utils.translation import gettext as _

from assessments.models import EvidenceSource, SkillEvidence
from assessments.queries.skill_profile import WORDS
from assessments.queries.waiting import Waiting, waiting_for
from assessments.skill_estimate import Word
from courses.queries.overseen import Overseen
from portal.kit.addresses import reverse_quickly

register = template.Library()

_PROOF_PAGES = {
    EvidenceSource.SCENARIO: "assessments:debrief",
    EvidenceSource.QUIZ: "assessments:quiz-results",
}
_PROOF_BY_WORD = {"coaching.observation": "coaching:heard"}


@register.simple_tag
def proof_url(evidence: SkillEvidence) -> str:
    """Return the page of what evidence rests on; nothing where that is in another system."""
    if evidence.attempt_id:
        return reverse_quickly(_PROOF_PAGES[EvidenceSource(evidence.source)], [evidence.attempt_id])
    word, _colon, number = evidence.proof.rpartition(":")
    page = _PROOF_BY_WORD.get(word)
    return reverse_quickly(page, [number]) if page else ""


@register.simple_tag
def moved_words(moved: float) -> str:
    """Return how far a piece of evidence moved the estimate, in points of 100."""
    points = round(100 * moved)
    if not points:
        return _("Confirmed the estimate")
    words = _("Moved it up %(points)d") if points > 0 else _("Moved it down %(points)d")
    return words % {"points": abs(points)}


@register.filter
def evidence_name(evidence: SkillEvidence) -> str:
    """Return what a piece of evidence is called: its call or quiz, or where it comes from."""
    attempt = evidence.attempt
    return attempt.activity.title if attempt else str(EvidenceSource(evidence.source).label)


@register.filter
def word_name(word: str) -> str:
    """Return what a page says for a word of the estimate."""
    return str(WORDS[Word(word)])


@register.simple_tag
def waiting_of(people: Overseen) -> Waiting:
    """Return how much of these people waits for the viewer's answer and for their marks."""
    return waiting_for(people)
