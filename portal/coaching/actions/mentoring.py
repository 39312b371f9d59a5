"""Mentoring pairs: propose one, say yes or no, agree on the goal, and end it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.content.skills import Skill
from portal.audit.models import record
from portal.coaching.mail_kinds import MENTORING
from portal.coaching.models import MentoringPair
from portal.kit.errors import NotAllowed, Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by


class PairExists(Refusal):
    """The two are a pair already, or were proposed to be one."""


class PairOver(Refusal):
    """The pair was declined or has ended."""


@transaction.atomic
def propose_pair(
    *, mentor: User, mentee: User, skill: Skill, goal: str, by: User, at: datetime
) -> MentoringPair:
    """Ask the mentee whether they would like this help; the mentor is asked once they do.

    Raises:
        NotAllowed: the proposer does not oversee both.
        PairExists: nothing was changed.
    """
    User.objects.select_for_update().get(pk=mentee.pk)
    if people_overseen_by(by).filter(pk__in=[mentor.pk, mentee.pk]).count() != len(
        {mentor, mentee}
    ):
        raise NotAllowed(_("You can pair people of your own teams."))
    if MentoringPair.objects.open().filter(mentor=mentor, mentee=mentee).exists():
        raise PairExists(_("These two are a pair already, or are asked."))
    pair = MentoringPair.objects.create(
        mentor=mentor, mentee=mentee, skill=skill, goal=goal, proposed_by=by, proposed_at=at
    )
    record("proposed", pair, by=by, at=at, skill=str(skill))
    _ask(pair, mentee, at=at)
    return pair


@transaction.atomic
def answer_pair(pair_id: int, *, agrees: bool, by: User, at: datetime) -> MentoringPair:
    """Take the yes or no of whoever is asked; a no ends it.

    Raises:
        MentoringPair.DoesNotExist: it is not theirs.
        NotAllowed: somebody else is asked, or nobody any more.
    """
    pair = _own_pair(pair_id, by=by)
    if pair.waits_for != by:
        raise NotAllowed(_("Nothing here waits for your answer."))
    if not agrees:
        pair.ended_at, pair.ended_by = at, by
    elif by == pair.mentee:
        pair.mentee_agreed_at = at
        _ask(pair, pair.mentor, at=at)
    else:
        pair.mentor_agreed_at = at
    pair.save()
    record("agreed" if agrees else "declined", pair, by=by, at=at)
    return pair


@transaction.atomic
def set_goal(pair_id: int, goal: str, *, by: User, at: datetime) -> MentoringPair:
    """Let one of the two word the goal. Raises PairOver, MentoringPair.DoesNotExist."""
    pair = _own_pair(pair_id, by=by)
    if not pair.is_running:
        raise PairOver(_("The goal is for a pair that goes on."))
    pair.goal = goal
    pair.save(update_fields=["goal"])
    record("worded the goal", pair, by=by, at=at)
    return pair


@transaction.atomic
def end_pair(pair_id: int, *, by: User, at: datetime) -> MentoringPair:
    """Let one of the two end it; what they planned stays. Safe to repeat."""
    pair = _own_pair(pair_id, by=by)
    if pair.ended_at is None:
        pair.ended_at, pair.ended_by = at, by
        pair.save(update_fields=["ended_at", "ended_by"])
        record("ended", pair, by=by, at=at)
    return pair


def _own_pair(pair_id: int, *, by: User) -> MentoringPair:
    pairs = MentoringPair.objects.select_for_update(of=("self",)).of(by)
    return pairs.select_related("mentor", "mentee").get(pk=pair_id)


def _ask(pair: MentoringPair, person: User, *, at: datetime) -> None:
    draft = EmailDraft(
        kind=MENTORING,
        recipient=person,
        to_address=person.email,
        dedupe_key=f"{MENTORING}:{person.pk}:{pair.pk}",
        params={"pair": pair.pk},
        due_at=at,
    )
    plan_emails([draft], at=at)
