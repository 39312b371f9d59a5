"""Kudos and comments on what somebody finished."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import ModuleCompletion
from courses.reminder_times import WorkingTime
from portal.audit.models import record
from portal.coaching.mail_kinds import WORDS
from portal.coaching.models import CompletionWords
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User


class GivenAlready(Refusal):
    """One gives kudos for a completion once."""


@transaction.atomic
def say_words(
    completion: ModuleCompletion, text: str, *, is_kudos: bool, by: User, at: datetime
) -> CompletionWords:
    """Give kudos or a comment; the person is told in their working hours, if they want such mail.

    Raises:
        GivenAlready: it is the second kudos of the same lead; a comment can still be added.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if is_kudos and completion.words.filter(by=by, is_kudos=True).exists():
        raise GivenAlready(_("You gave kudos for this. You can add a comment."))
    said = CompletionWords.objects.create(
        completion=completion, is_kudos=is_kudos, text=text, by=by, at=at
    )
    person = completion.user
    draft = EmailDraft(
        kind=WORDS,
        recipient=person,
        to_address=person.email,
        dedupe_key=f"{WORDS}:{person.pk}:{said.pk}",
        params={"words": said.pk},
        due_at=WorkingTime.of(person).next_moment(at),
    )
    plan_emails([draft], at=at)
    record("gave kudos on" if is_kudos else "commented on", completion, by=by, at=at)
    return said
