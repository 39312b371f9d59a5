"""A proposal in words: what it is called, what it rests on, and why each step is in it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from courses.content.programme import Step, StepKind
from courses.models.course import SKILL_NAMES
from portal.programmes.planner import SESSION, Proposal
from portal.programmes.queries.planning import Plan


def in_words(proposal: Proposal) -> Proposal:
    """Return the proposal with the reason of each step in words, and what the session is about."""
    return replace(proposal, steps=tuple(_step_in_words(one, proposal) for one in proposal.steps))


def _step_in_words(step: Step, proposal: Proposal) -> Step:
    if step.id == SESSION:
        title = _("Look at the evidence together, and agree what comes next")
        return replace(step, title=title, milestone=_("Talked through"))
    is_training = step.why in {gap.skill for gap in proposal.gaps}
    skill = next((str(name) for key, name in SKILL_NAMES.items() if key == step.why), "")
    if step.kind is StepKind.SCENARIO and not is_training:
        words = _("Evidence to gather: an assessed run tells more about %(skill)s.")
    elif step.kind is StepKind.SCENARIO:
        words = _("%(skill)s in practice, with a patient not met yet.")
    elif step.kind is StepKind.REFRESHER:
        return replace(step, title=_("Five minutes of cards"), why=_("So that it stays."))
    else:
        words = _("It teaches what was seen least of %(skill)s.")
    return replace(step, why=words % {"skill": skill})


def title_of(found: Plan) -> str:
    """Return what a proposal is called until its lead says otherwise."""
    names = [str(SKILL_NAMES[one.skill]) for one in found.proposal.gaps[:2]]
    if not names:
        return _("A closer look")
    return _("Next steps: %(skills)s") % {"skills": ", ".join(names)}


def summary_of(found: Plan) -> str:
    """Return in a sentence what it rests on."""
    if found.has_gap:
        return _("Put together from what the evidence shows, within the time there is each week.")
    return _("A few calls that would show more, before anything can be said.")
