"""Brings people on stage, and has a lead assign a module to hundreds of them in one go.

Run as a program, with the settings of the site that is to be hurt.
"""

import json
import sys
from collections.abc import Iterable
from datetime import timedelta

import django

MODULE = "hear-the-whole-story-first"


def player(number: int) -> str:
    """Return the address of an agent who can sign in."""
    return f"player-{number}@example.org"


def learner(number: int) -> str:
    """Return the address of an agent who only gets a mail."""
    return f"learner-{number}@example.org"


def stage(players: int, learners: int, later: int) -> dict[str, int]:
    """Add players and learners, and assign the module to the learners.

    `later` of the mails are due only in an hour. Returns the ids of the activities by kind.
    """
    from django.db import transaction

    from courses.actions.assigning import assign_learning
    from courses.due_dates import DuePolicy
    from courses.models import Module
    from courses.queries.audience import AssignmentChoice
    from courses.reminder_times import ReminderChoice
    from portal.kit.clock import now
    from portal.notifications.models import OutgoingEmail
    from tests.factories.people import MembershipFactory, PersonFactory

    at = now()
    for number in range(players):
        PersonFactory(email=player(number))
    lead = MembershipFactory(user__lead=True, is_lead=True)
    module = Module.objects.get(slug=MODULE)
    choice = AssignmentChoice(
        what=module,
        people=frozenset(_new_learners(learners, lead.team)),
        teams=frozenset(),
        due=DuePolicy.on_date((at + timedelta(days=30)).date()),
        reminders=ReminderChoice(),
    )
    with transaction.atomic():
        assign_learning(choice, by=lead.user, at=at)
        put_off = OutgoingEmail.objects.order_by("pk").values("pk")[:later]
        OutgoingEmail.objects.filter(pk__in=put_off).update(due_at=at + timedelta(hours=1))
    return dict(module.activities.values_list("kind", "pk"))


def _new_learners(count: int, team: object) -> Iterable[int]:
    from portal.people.models import Membership, User
    from tests.factories.people import JOINED_ON

    people = User.objects.bulk_create(
        User(email=learner(number), name=f"Learner {number}", password="!", joined_on=JOINED_ON)
        for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=one, team=team, began_on=JOINED_ON) for one in people
    )
    return [one.pk for one in people]


if __name__ == "__main__":
    django.setup()
    json.dump(stage(*map(int, sys.argv[1:])), sys.stdout)
