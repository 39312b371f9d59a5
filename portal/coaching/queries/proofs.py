"""Where the proof of an agenda line is read: each of the two has a page of their own for it."""

from django.urls import reverse

from portal.coaching.models import AgendaItem, AgendaKind, FeedbackSession
from portal.people.models import User

_OF_ONE_SKILL = (AgendaKind.STRENGTH, AgendaKind.GAP)


def proof_for(item: AgendaItem, session: FeedbackSession, viewer: User) -> str:
    """Return the path of what a line rests on, for one of the two; empty for a topic."""
    is_own = viewer == session.agent
    person = session.agent_id
    if item.kind in _OF_ONE_SKILL:
        own = reverse("assessments:my-skill", args=[item.skill])
        return own if is_own else reverse("assessments:person-skill", args=[person, item.skill])
    if item.kind == AgendaKind.QUALITY:
        own = reverse("assessments:my-skills")
        return own if is_own else reverse("assessments:person-skills", args=[person])
    if item.kind == AgendaKind.OVERDUE and not is_own:
        return reverse("courses:person", args=[person])
    return item.proof_path
