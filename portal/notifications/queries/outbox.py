"""The outbox as an admin sees it: pages of mails, how many stand where, and one mail's story."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from portal.kit.sql import rows
from portal.notifications.kinds import Words, find_kind, label_of
from portal.notifications.models import DeliveryTry, EmailState, OutgoingEmail
from portal.notifications.models.outgoing_email import OutgoingEmailQuerySet
from portal.people.models import User
from portal.people.permissions import Permission

PAGE_SIZE = 50
# Counting stops here, so that a page of a big outbox costs no more than that of a small one.
COUNT_LIMIT = 100
LAST_PAGE = 200
# The sweep comes by every ten seconds: a mail that is later than this is held up by something.
LATE_AFTER = timedelta(minutes=5)

# What the list does not show is not fetched: bodies are long.
_FIELDS_OF_A_ROW = (
    "kind",
    "recipient__name",
    "to_address",
    "subject",
    "state",
    "created_at",
    "due_at",
    "sent_at",
    "tries",
    "last_error",
    "drop_reason",
)


@dataclass(frozen=True)
class Row:
    """One mail in a list."""

    email: OutgoingEmail
    kind: Words


@dataclass(frozen=True)
class Tab:
    """One state with how many mails stand there, counted up to a limit."""

    state: str
    label: Words
    count: int
    is_current: bool

    @property
    def is_more(self) -> bool:
        """Whether counting stopped at the limit."""
        return self.count >= COUNT_LIMIT


@dataclass(frozen=True)
class OutboxPage:
    """One page of mails, newest first. Pages are not counted, only whether there is another."""

    rows: list[Row]
    tabs: list[Tab]
    number: int
    has_next: bool

    @property
    def next_number(self) -> int:
        """The page of older mails."""
        return self.number + 1

    @property
    def previous_number(self) -> int:
        """The page of newer mails."""
        return self.number - 1


@dataclass(frozen=True)
class MailStory:
    """One mail with all that happened to it; of a secret kind nothing of what it said."""

    email: OutgoingEmail
    kind: Words
    is_secret: bool
    tries: list[DeliveryTry]
    resent_as: OutgoingEmail | None


def emails_visible_to(viewer: User) -> OutgoingEmailQuerySet:
    """Return the mails somebody may look at: all for those who look after mail, else none."""
    if viewer.may(Permission.SEE_MAIL):
        return OutgoingEmail.objects.all()
    return OutgoingEmail.objects.none()


def outbox_page(viewer: User, *, state: str, address: str, number: int) -> OutboxPage:
    """Return one page of the mails whose address begins like `address`; no state means all."""
    matching = emails_visible_to(viewer)
    if address:
        matching = matching.addressed_to(address)
    listed = matching.filter(state=state) if state else matching
    listed = listed.select_related("recipient").only(*_FIELDS_OF_A_ROW)
    first = (number - 1) * PAGE_SIZE
    found = list(listed.order_by("-created_at", "-id")[first : first + PAGE_SIZE + 1])
    return OutboxPage(
        rows=[Row(email, label_of(email.kind)) for email in found[:PAGE_SIZE]],
        tabs=_tabs(viewer, address, state),
        number=number,
        has_next=len(found) > PAGE_SIZE and number < LAST_PAGE,
    )


def oldest_late_email(viewer: User, *, now: datetime) -> OutgoingEmail | None:
    """Return the mail that has waited longest past its time; None while all goes well."""
    late = emails_visible_to(viewer).waiting_since_before(now - LATE_AFTER)
    return late.order_by("due_at").first()


def mail_story(viewer: User, email_id: UUID) -> MailStory:
    """Return one mail and what happened to it.

    Raises:
        OutgoingEmail.DoesNotExist: there is none, or the viewer may not see it.
    """
    email = (
        emails_visible_to(viewer)
        .select_related("recipient", "resent_from", "resent_as")
        .prefetch_related(Prefetch("delivery_tries", DeliveryTry.objects.order_by("number")))
        .get(pk=email_id)
    )
    kind = find_kind(email.kind)
    return MailStory(
        email=email,
        kind=label_of(email.kind),
        is_secret=kind is not None and kind.is_secret,
        tries=list(email.delivery_tries.all()),
        resent_as=getattr(email, "resent_as", None),
    )


def _tabs(viewer: User, address: str, current: str) -> list[Tab]:
    counts = _counts(address) if viewer.may(Permission.SEE_MAIL) else {}
    return [Tab(state, state.label, counts.get(state, 0), state == current) for state in EmailState]


def _counts(address: str) -> dict[str, int]:
    """Count the mails addressed like this by state, each up to the limit, in one statement."""
    params = {
        "beginning": connection.ops.prep_for_like_query(address.lower()) + "%",
        "limit": COUNT_LIMIT,
    }
    addressed = _ADDRESSED if address else ""
    counts = (_COUNT.format(state=state.value, addressed=addressed) for state in EmailState)
    return dict(rows(" UNION ALL ".join(counts), params))


# Each state stands in the text, so that the database sees which of them are rare.
_COUNT = """
SELECT '{state}', count(*) FROM (
    SELECT FROM notifications_outgoingemail e
    WHERE e.state = '{state}' {addressed} LIMIT %(limit)s
) counted
"""
_ADDRESSED = "AND e.to_address LIKE %(beginning)s"
