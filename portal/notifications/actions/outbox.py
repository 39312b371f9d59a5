"""Planning mails: each is a row with a unique key, written in the transaction that calls for it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.kinds import find_kind
from portal.notifications.links import site_host
from portal.notifications.models import EmailState, OutgoingEmail
from portal.notifications.tasks import send_due_emails_task
from portal.people.models import User

_ROWS_PER_INSERT = 500
_WAKE_UP_EXPIRES_SECONDS = 60


@dataclass(frozen=True)
class EmailDraft:
    """A mail to plan. `params` is JSON for the kind's `compose`.

    `dedupe_key` says which mail this is, as in `<kind>:<recipient>:<object>:<local date>`: of two
    plans with one key only the first is kept.
    """

    kind: str
    recipient: User | None
    to_address: str
    dedupe_key: str
    params: dict[str, Any]
    due_at: datetime


class CannotResend(Refusal):
    """This mail cannot be sent again."""


def plan_emails(drafts: Iterable[EmailDraft], *, at: datetime) -> int:
    """Put mails into the outbox and return how many were new; safe to repeat.

    What is due already goes out as soon as the transaction is committed.
    """
    rows = [_row(draft, at) for draft in drafts]
    parts = (
        rows[first : first + _ROWS_PER_INSERT] for first in range(0, len(rows), _ROWS_PER_INSERT)
    )
    new = sum(_insert_new(part) for part in parts)
    if new and any(row.due_at <= at for row in rows):
        _wake_the_worker()
    return new


@transaction.atomic
def resend(email: OutgoingEmail, *, by: User, at: datetime) -> OutgoingEmail:
    """Send a mail again, composed anew, as a row of its own, to the person's present address.

    Raises:
        CannotResend: it is still on its way, was sent again before, or held a link that is gone.
    """
    email = OutgoingEmail.objects.select_for_update(of=("self",)).get(pk=email.pk)
    _refuse_unless_resendable(email)
    draft = EmailDraft(
        kind=email.kind,
        recipient=email.recipient,
        to_address=resend_address(email),
        dedupe_key=f"resend:{email.pk}",
        params=email.params,
        due_at=at,
    )
    again = _row(draft, at)
    again.resent_from = email
    again.save(force_insert=True)
    if _is_secret(email):  # a private link lives in one row only
        email.params = {}
        email.save(update_fields=["params"])
    record("sent again", email, by=by, at=at, to=again.to_address, new_mail=str(again.pk))
    _wake_the_worker()
    return again


def why_not_resend(email: OutgoingEmail) -> str:
    """Return the sentence that says why a mail cannot be sent again; empty when it can."""
    if email.is_open:
        return str(_("This mail is still on its way."))
    if find_kind(email.kind) is None:
        return str(_("This release of Attune does not know this kind of mail any more."))
    if hasattr(email, "resent_as"):
        return str(_("This mail was sent again before. Send the newer one again instead."))
    if _is_secret(email) and not email.params:
        return str(
            _("It held a private link, which is not kept. The person has to get a new link.")
        )
    return ""


def resend_address(email: OutgoingEmail) -> str:
    """Return where a mail would go now; a private link only ever goes where it was meant to."""
    if email.recipient is None or _is_secret(email):
        return email.to_address
    return email.recipient.email


def _insert_new(rows: list[OutgoingEmail]) -> int:
    OutgoingEmail.objects.bulk_create(rows, ignore_conflicts=True)
    return OutgoingEmail.objects.filter(pk__in=[row.pk for row in rows]).count()


def _refuse_unless_resendable(email: OutgoingEmail) -> None:
    if reason := why_not_resend(email):
        raise CannotResend(reason)


def _is_secret(email: OutgoingEmail) -> bool:
    kind = find_kind(email.kind)
    return kind is not None and kind.is_secret


def _row(draft: EmailDraft, at: datetime) -> OutgoingEmail:
    key = uuid.uuid4()
    return OutgoingEmail(
        id=key,
        kind=draft.kind,
        recipient=draft.recipient,
        to_address=draft.to_address.lower(),
        dedupe_key=draft.dedupe_key,
        message_id=f"<{key}@{site_host()}>",
        params=draft.params,
        created_at=at,
        due_at=draft.due_at,
        state=EmailState.PLANNED,
    )


def _wake_the_worker() -> None:
    """Ask for delivery on commit. A broker that is away is no error: the sweep comes by soon."""
    transaction.on_commit(_enqueue_delivery, robust=True)


def _enqueue_delivery() -> None:
    send_due_emails_task.apply_async(retry=False, expires=_WAKE_UP_EXPIRES_SECONDS)
