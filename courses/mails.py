"""The mails about learning: what each says is found out when it is sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.mail_words import (
    assigned_subject,
    due_line,
    due_soon_subject,
    length_line,
    overdue_subject,
    progress_line,
    several_subject,
    zone_in_words,
)
from courses.models import Enrolment, Module
from courses.queries.audience import AssignmentChoice
from courses.queries.progress import ModuleProgress, progress_in
from portal.kit.clock import local_date, local_moment
from portal.notifications.composing import Letter, compose_letter
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import User

ASSIGNED = "learning_assigned"
REMINDER = "learning_reminder"


@dataclass(frozen=True)
class ModuleInMail:
    """A module as a mail shows it: how far its reader is, and until when they have time."""

    module: Module
    progress: ModuleProgress
    due_on: date
    zone: str
    is_overdue: bool = False

    @property
    def minutes_left(self) -> int:
        """How long what is left takes; the whole module where nothing can be said yet."""
        return self.progress.minutes_left or self.module.minutes

    @property
    def how_far(self) -> str:
        """How long it takes, and at which step its reader is once they have begun."""
        if not self.progress.is_started:
            return length_line(self.minutes_left)
        steps = self.progress
        return progress_line(steps.next_number, steps.total, self.minutes_left)

    @property
    def due(self) -> str:
        """Until when there is, or was, time."""
        return due_line(self.due_on, self.zone, is_overdue=self.is_overdue)


def register_mails() -> None:
    """Make them known; a second copy of either would do more harm than none."""
    register(_assigned_kind())
    register(
        MailKind(
            name=REMINDER,
            label=_("Learning reminder"),
            about=_(
                "Before something you were assigned is due, and once after. At most one a day."
            ),
            compose=compose_learning_reminder,
            is_optional=True,
        )
    )


def assignment_letter(
    choice: AssignmentChoice, *, to: User, lead: User, note: str, at: datetime
) -> Letter:
    """Return, word for word, the mail that one person would get about an assignment."""
    progress = progress_in([choice.module.pk], user=to).get(choice.module.pk, ModuleProgress(()))
    item = ModuleInMail(choice.module, progress, choice.due_on, to.time_zone)
    message = _assigned_message(to, item, lead=lead, note=note)
    kind = replace(_assigned_kind(), compose=lambda email, at: message)
    letter = compose_letter(OutgoingEmail(recipient=to, to_address=to.email), kind, at=at)
    assert isinstance(letter, Letter)
    return letter


def compose_learning_assigned(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody what they were given to learn, unless it is over by now."""
    found = Enrolment.objects.select_related("user", "module__course", "assignment__made_by")
    enrolment = found.get(pk=email.params["enrolment"])
    if enrolment.withdrawn_at:
        return Dropped(_("The assignment was withdrawn."))
    if enrolment.completed_at:
        return Dropped(_("They have finished it already."))
    item = _in_mail([enrolment], enrolment.user, at)[0]
    assignment = enrolment.assignment
    return _assigned_message(enrolment.user, item, lead=assignment.made_by, note=assignment.note)


def _assigned_kind() -> MailKind:
    return MailKind(
        name=ASSIGNED,
        label=_("Learning assigned"),
        about=_("When somebody assigns learning to you."),
        compose=compose_learning_assigned,
    )


def _assigned_message(person: User, item: ModuleInMail, *, lead: User, note: str) -> Message:
    context = {
        "title": assigned_subject(lead.first_name, item.minutes_left),
        "lead": lead,
        "item": item,
        "note": note,
        "zone": zone_in_words(person.time_zone),
        "url": _module_url(item.module),
    }
    return Message(ASSIGNED, context, reply_to=lead.email)


def compose_learning_reminder(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Remind somebody of everything whose reminder has come and that is still open.

    Dropped when nothing that it was planned for is open any more, or was told of on the same day.
    """
    person = email.recipient
    assert person is not None
    due = _open_and_reminded(person, at)
    news = {one.pk for one in due} & set(email.params["enrolments"])
    if not news:
        return Dropped(_("What it was about is finished or was withdrawn."))
    if email.resent_from_id is None and _were_told_today(person, news, email, at):
        return Dropped(_("They were told about it earlier today."))
    items = _in_mail(due, person, at)
    lead = next(one for one in due if one.pk in news).assignment.made_by
    context = {
        "title": _reminder_subject(person, items),
        "lead": lead,
        "items": items,
        "zone": zone_in_words(person.time_zone),
        "url": _module_url(items[0].module)
        if len(items) == 1
        else site_link("courses:my-learning"),
    }
    return Message(REMINDER, context, reply_to=lead.email)


def _reminder_subject(person: User, items: list[ModuleInMail]) -> str:
    if len(items) > 1:
        return several_subject(person.first_name, len(items))
    if items[0].is_overdue:
        return overdue_subject(person.first_name, items[0].due_on)
    return due_soon_subject(person.first_name, items[0].minutes_left)


def _open_and_reminded(person: User, at: datetime) -> list[Enrolment]:
    """Return what somebody has still to finish and has, or should have, been reminded of."""
    has_come = Q(remind_at__lte=at) | Q(overdue_note_at__lte=at)
    found = Enrolment.objects.open().filter(has_come, user=person)
    related = found.select_related("module__course", "assignment__made_by")
    return list(related.order_by("due_at", "pk"))


def _were_told_today(person: User, news: set[int], email: OutgoingEmail, at: datetime) -> bool:
    """Whether a mail that left today has said it all: another reminder, or the assignments."""
    midnight = local_moment(local_date(at, person.time_zone), time(0), person.time_zone)
    left_today = OutgoingEmail.objects.filter(
        recipient=person, state=EmailState.SENT, sent_at__gte=midnight, sent_at__lte=at
    ).exclude(pk=email.pk)
    if left_today.filter(kind=REMINDER).exists():
        return True
    assigned = left_today.filter(kind=ASSIGNED)
    return news <= set(assigned.values_list("params__enrolment", flat=True))


def _in_mail(enrolments: list[Enrolment], person: User, at: datetime) -> list[ModuleInMail]:
    progress = progress_in([one.module_id for one in enrolments], user=person)
    return [
        ModuleInMail(
            module=one.module,
            progress=progress.get(one.module_id, ModuleProgress(())),
            due_on=one.due_on,
            zone=person.time_zone,
            is_overdue=one.is_overdue(at),
        )
        for one in enrolments
    ]


def _module_url(module: Module) -> str:
    return site_link("courses:module", course=module.course.slug, module=module.slug)
