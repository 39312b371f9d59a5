"""Giving a programme to people, ticking its steps, answering it, and taking it back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.assigning import NobodyNew, assign_learning
from courses.actions.programmes import publish_programme
from courses.content.fingerprint import fingerprint
from courses.content.programme import Programme, StepKind, as_raw, parse_programme
from courses.due_dates import DuePolicy
from courses.models import ProgrammeVersion
from courses.queries.audience import AssignmentChoice
from courses.reminder_times import ReminderChoice
from portal.audit.models import record
from portal.kit.clock import local_date
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by
from portal.programmes.mails import GIVEN
from portal.programmes.models import GivenProgramme, StepTick
from portal.programmes.queries.catalogue import modules_by_path

Reasons = Mapping[int, list[dict[str, Any]]]


class NobodyToGive(Refusal):
    """The programme would reach nobody."""


class NotToTick(Refusal):
    """This step shows by itself when it is done."""


@transaction.atomic
def give_programme(
    version: ProgrammeVersion,
    people: Collection[int],
    *,
    by: User,
    at: datetime,
    note: str = "",
    reasons: Reasons | None = None,
    starts_on: date | None = None,
) -> list[GivenProgramme]:
    """Give a programme to people whom the lead oversees; each gets one mail.

    Its modules are assigned as any others, each by its own day; alternatives are left to the
    person. Who has the programme already keeps it. `reasons` are kept for each person by id. Days
    are counted from `starts_on`, without it from today where each person is.

    Raises:
        NobodyToGive: nobody of them is theirs, or all have it; nothing was written.
    """
    overseen = people_overseen_by(by).filter(pk__in=people).order_by("pk")
    having = GivenProgramme.objects.standing().filter(programme=version.programme_id)
    # In the order of their ids, so that two leads wait for each other instead of blocking.
    reached = list(overseen.exclude(pk__in=having.values("user")).select_for_update(of=("self",)))
    if not reached:
        raise NobodyToGive(_("Choose somebody who does not have this program yet."))
    rows = [
        GivenProgramme(
            version=version,
            programme_id=version.programme_id,
            user=person,
            given_by=by,
            given_at=at,
            starts_on=starts_on or local_date(at, person.time_zone),
            note=note,
            reasons=(reasons or {}).get(person.pk, []),
        )
        for person in reached
    ]
    given = GivenProgramme.objects.bulk_create(rows)
    programme = parse_programme(version.content)
    _assign_modules(programme, reached, by=by, at=at, starts_on=starts_on)
    plan_emails([_draft(one, at) for one in given], at=at)
    for one in given:
        record("gave programme", one, by=by, at=at, user=one.user_id, version=version.pk)
    return given


@transaction.atomic
def give_tailored(
    programme: Programme,
    people: Collection[int],
    *,
    by: User,
    at: datetime,
    note: str = "",
    reasons: Reasons | None = None,
) -> list[GivenProgramme]:
    """Publish a programme that was put together for some people, and give it to them.

    The same words of the same lead are the same programme, so that a second click gives nobody
    a second one.

    Raises:
        NobodyToGive: as `give_programme`; then nothing is published either.
    """
    raw = as_raw(programme)
    slug = f"tailored-{by.pk}-{fingerprint(raw, {})[:24]}"
    version = publish_programme(slug, raw, by=by, at=at, is_tailored=True)
    return give_programme(version, people, by=by, at=at, note=note, reasons=reasons)


@transaction.atomic
def tick_step(given: GivenProgramme, step_id: str, *, at: datetime) -> None:
    """Keep that somebody did a refresher of their programme; safe to repeat.

    Raises:
        NotToTick: the step is another kind, or there is none.
    """
    step = parse_programme(given.version.content).step(step_id)
    if step is None or step.kind is not StepKind.REFRESHER:
        raise NotToTick(_("This step shows by itself when it is done."))
    StepTick.objects.bulk_create(
        [StepTick(given=given, step=step_id, ticked_at=at)], ignore_conflicts=True
    )


@transaction.atomic
def answer_programme(given: GivenProgramme, words: str, *, by: User, at: datetime) -> None:
    """Keep what somebody says to their programme; the last words stand, the record keeps when."""
    given.answer, given.answered_at = words, at
    given.save(update_fields=["answer", "answered_at"])
    record("answered programme", given, by=by, at=at)


@transaction.atomic
def withdraw_programme(given: GivenProgramme, *, by: User, at: datetime) -> None:
    """Take a programme back; modules that were assigned with it stay. Safe to repeat."""
    found = GivenProgramme.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by = at, by
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record("withdrew programme", found, by=by, at=at)


def _assign_modules(
    programme: Programme, people: list[User], *, by: User, at: datetime, starts_on: date | None
) -> None:
    modules = modules_by_path([step.module for step in programme.steps])
    for step in programme.steps:
        module = modules.get(step.module)
        if step.kind is not StepKind.MODULE or step.choice or module is None:
            continue
        due = (
            DuePolicy.on_date(starts_on + timedelta(days=step.by_day))
            if starts_on
            else DuePolicy.after_assigning(step.by_day)
        )
        choice = AssignmentChoice(
            what=module,
            people=frozenset(person.pk for person in people),
            teams=frozenset(),
            due=due,
            reminders=ReminderChoice(),
        )
        try:
            assign_learning(choice, by=by, at=at, note=programme.title, is_told=False)
        except NobodyNew:
            continue  # everybody has it already, or finished it


def _draft(given: GivenProgramme, at: datetime) -> EmailDraft:
    return EmailDraft(
        kind=GIVEN,
        recipient=given.user,
        to_address=given.user.email,
        dedupe_key=f"{GIVEN}:{given.user_id}:{given.pk}",
        params={"given": given.pk},
        due_at=at,
    )
