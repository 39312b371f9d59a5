"""The mails about learning: what each says is found out when it is sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.mail_words import (
    assigned_subject,
    changed_subject,
    closing_line,
    due_line,
    due_soon_subject,
    length_line,
    overdue_subject,
    progress_line,
    several_subject,
    zone_in_words,
)
from courses.models import ChangeOfDuty, Course, Enrolment, EnrolmentChange, Module
from courses.queries.assignments import AssignmentPreview, last_day_for
from courses.queries.audience import pairs_covered
from courses.queries.progress import ModuleProgress, progress_in
from portal.kit.clock import local_date, local_moment
from portal.notifications.composing import Letter, compose_letter
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import User

ASSIGNED = "learning_assigned"
REMINDER = "learning_reminder"
CHANGED = "learning_changed"


@dataclass(frozen=True)
class ModuleInMail:
    """A module as a mail shows it: how far its reader is, and until when they have time."""

    module: Module
    progress: ModuleProgress
    due_on: date
    zone: str
    is_overdue: bool = False
    closes_on: date | None = None

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
        """Until when there is, or was, time, and when it closes."""
        line = due_line(self.due_on, self.zone, is_overdue=self.is_overdue)
        return f"{line}. {closing_line(self.closes_on)}" if self.closes_on else line


def register_mails() -> None:
    """Make them known; a second copy of either would do more harm than none."""
    register(_assigned_kind())
    register(
        MailKind(
            name=CHANGED,
            label=_("Learning changed"),
            about=_("When somebody gives you more time, or takes something off your list."),
            compose=compose_learning_changed,
        )
    )
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
    preview: AssignmentPreview, *, to: User, lead: User, note: str, at: datetime
) -> Letter:
    """Return, word for word, the mail that one person would get about an assignment."""
    choice = preview.choice
    covered = pairs_covered([to.pk], preview.modules)
    lacking = [one for one in preview.modules if (to.pk, one.pk) not in covered]
    progress = progress_in([one.pk for one in lacking], user=to)
    due_on = last_day_for(choice, to.time_zone, to.joined_on, at=at)
    after = choice.closes_days_after
    closes_on = None if after is None else due_on + timedelta(days=after)
    items = [
        ModuleInMail(
            module=one,
            progress=progress.get(one.pk, ModuleProgress(())),
            due_on=due_on,
            zone=to.time_zone,
            closes_on=closes_on,
        )
        for one in lacking
    ]
    message = _assigned_message(to, items, what=choice.what, lead=lead, note=note)
    kind = replace(_assigned_kind(), compose=lambda email, at: message)
    letter = compose_letter(OutgoingEmail(recipient=to, to_address=to.email), kind, at=at)
    assert isinstance(letter, Letter)
    return letter


def compose_learning_assigned(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody what they were given to learn, as far as it is not over by now."""
    person = email.recipient
    assert person is not None
    found = Enrolment.objects.select_related(
        "module__course",
        "assignment__made_by",
        "assignment__passed_to",
        "assignment__module",
        "assignment__course",
    )
    enrolments = list(
        found.filter(pk__in=email.params["enrolments"]).order_by("module__position", "pk")
    )
    still_open = [one for one in enrolments if not one.withdrawn_at and not one.completed_at]
    if not still_open:
        if any(one.completed_at for one in enrolments):
            return Dropped(_("They have finished it already."))
        return Dropped(_("The assignment was withdrawn."))
    items, made = _in_mail(still_open, person, at), still_open[0].assignment
    return _assigned_message(person, items, what=made.what, lead=made.lead, note=made.note)


def _assigned_kind() -> MailKind:
    return MailKind(
        name=ASSIGNED,
        label=_("Learning assigned"),
        about=_("When somebody assigns learning to you."),
        compose=compose_learning_assigned,
    )


def _assigned_message(
    person: User, items: list[ModuleInMail], *, what: Module | Course, lead: User, note: str
) -> Message:
    is_course = isinstance(what, Course)
    context = {
        "title": assigned_subject(lead.first_name, sum(one.minutes_left for one in items)),
        "lead": lead,
        "items": items,
        "course": what.title if is_course else "",
        "note": note,
        "zone": zone_in_words(person.time_zone),
        "url": _url_for(items),
    }
    return Message(ASSIGNED, context, reply_to=lead.email)


def compose_learning_changed(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody what a lead changed about their learning, if nothing changed since."""
    related = ("enrolment__module__course", "made_by")
    change = EnrolmentChange.objects.select_related(*related).get(pk=email.params["change"])
    person, enrolment = email.recipient, change.enrolment
    assert person is not None
    if enrolment.completed_at:
        return Dropped(_("They have finished it already."))
    if enrolment.changes.filter(pk__gt=change.pk).exists():
        return Dropped(_("It was changed again since."))
    if change.kind != ChangeOfDuty.EXTENDED and not _knows_of(enrolment, person):
        return Dropped(_("They never heard of it."))
    module = enrolment.module
    context = {
        "title": changed_subject(change.kind, module.title),
        "lead": change.made_by,
        "kind": change.kind,
        "module": module,
        "day": change.due_on_after,
        "reason": change.reason,
        "zone": zone_in_words(person.time_zone),
        "url": _module_url(module),
    }
    return Message(CHANGED, context, reply_to=change.made_by.email)


def compose_learning_reminder(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Remind somebody of everything whose reminder has come and that is still open.

    Dropped when nothing that it was planned for is open any more, or was told of on the same day.
    """
    person = email.recipient
    assert person is not None
    due = _open_and_reminded(person, at)
    news = {one.pk for one in due} & set(email.params["enrolments"])
    if not news:
        return Dropped(_("What it was about is finished, waits for marking or was withdrawn."))
    if email.resent_from_id is None and _were_told_today(person, news, email, at):
        return Dropped(_("They were told about it earlier today."))
    items = _in_mail(due, person, at)
    lead = next(one for one in due if one.pk in news).assignment.lead
    context = {
        "title": _reminder_subject(person, items),
        "lead": lead,
        "items": items,
        "zone": zone_in_words(person.time_zone),
        "url": _url_for(items),
    }
    return Message(REMINDER, context, reply_to=lead.email)


def _reminder_subject(person: User, items: list[ModuleInMail]) -> str:
    if len(items) > 1:
        return several_subject(person.first_name, len(items))
    if items[0].is_overdue:
        return overdue_subject(person.first_name, items[0].due_on)
    return due_soon_subject(person.first_name, items[0].minutes_left)


def _open_and_reminded(person: User, at: datetime) -> list[Enrolment]:
    """Return what somebody has still to do and has, or should have, been reminded of."""
    has_come = Q(remind_at__lte=at) | Q(overdue_note_at__lte=at)
    found = Enrolment.objects.pressing().filter(has_come, user=person)
    related = found.select_related("module__course", "assignment__made_by", "assignment__passed_to")
    return list(related.order_by("due_at", "pk"))


def _were_told_today(person: User, news: set[int], email: OutgoingEmail, at: datetime) -> bool:
    """Whether a mail that left today has said it all: another reminder, or the assignments."""
    midnight = local_moment(local_date(at, person.time_zone), time(0), person.time_zone)
    left_today = OutgoingEmail.objects.filter(
        recipient=person, state=EmailState.SENT, sent_at__gte=midnight, sent_at__lte=at
    ).exclude(pk=email.pk)
    if left_today.filter(kind=REMINDER).exists():
        return True
    assigned = left_today.filter(kind=ASSIGNED).values_list("params__enrolments", flat=True)
    return news <= {pk for told in assigned for pk in told}


def _in_mail(enrolments: list[Enrolment], person: User, at: datetime) -> list[ModuleInMail]:
    progress = progress_in([one.module_id for one in enrolments], user=person)
    return [
        ModuleInMail(
            module=one.module,
            progress=progress.get(one.module_id, ModuleProgress(())),
            due_on=one.due_on,
            zone=person.time_zone,
            is_overdue=one.is_overdue(at),
            closes_on=local_date(one.closes_at, person.time_zone) if one.closes_at else None,
        )
        for one in enrolments
    ]


def _url_for(items: list[ModuleInMail]) -> str:
    """Return where the button leads: to the only module, or to all that one has to learn."""
    if len(items) > 1:
        return site_link("courses:my-learning")
    return _module_url(items[0].module)


def _knows_of(enrolment: Enrolment, person: User) -> bool:
    """Whether a mail about the assignment has left."""
    told = OutgoingEmail.objects.filter(recipient=person, kind=ASSIGNED, state=EmailState.SENT)
    return told.filter(params__enrolments__contains=[enrolment.pk]).exists()


def _module_url(module: Module) -> str:
    return site_link("courses:module", course=module.course.slug, module=module.slug)
