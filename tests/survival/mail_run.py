"""A lead assigns a module to hundreds of people at once: run with the settings of the site."""

import json
import sys
from datetime import timedelta

import django


def plan(people: int, later: int) -> dict[str, int]:
    """Add so many people to the team of the demo's lead and assign them the demo's module.

    `later` of the mails are due only in an hour. Returns how many mails there are, and the ids of
    the activities to play and to take.
    """
    from django.db import transaction

    from courses.actions.assigning import assign_module
    from courses.models import Activity, Module
    from courses.queries.audience import AssignmentChoice
    from courses.reminder_times import ReminderChoice
    from portal.demo.cast import SIGN_INS
    from portal.kit.clock import now
    from portal.notifications.models import OutgoingEmail
    from portal.people.models import User

    at = now()
    lead = User.objects.get(email=SIGN_INS[1][2])
    choice = AssignmentChoice(
        module=Module.objects.get(),
        people=frozenset(_new_people(people, lead.memberships.get(is_lead=True).team)),
        teams=frozenset(),
        due_on=(at + timedelta(days=30)).date(),
        reminders=ReminderChoice(),
    )
    with transaction.atomic():
        made = assign_module(choice, by=lead, at=at)
        put_off = OutgoingEmail.objects.order_by("pk").values("pk")[:later]
        OutgoingEmail.objects.filter(pk__in=put_off).update(due_at=at + timedelta(hours=1))
    kinds = dict(Activity.objects.values_list("kind", "pk"))
    return {"mails": made.people, "scenario": kinds["scenario"], "quiz": kinds["quiz"]}


def _new_people(count: int, team: object) -> list[int]:
    from django.utils.timezone import localdate

    from portal.people.models import Membership, User

    people = User.objects.bulk_create(
        User(
            email=f"learner-{number}@example.org",
            name=f"Learner {number}",
            password="!",
            roles=["agent"],
            joined_on=localdate(),
        )
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(user=one, team=team) for one in people)
    return [one.pk for one in people]


if __name__ == "__main__":
    django.setup()
    json.dump(plan(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
