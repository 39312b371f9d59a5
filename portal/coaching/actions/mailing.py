"""Planning the mails about a session, each under a key of its own."""

from collections.abc import Iterable
from datetime import datetime

from portal.coaching.mail_kinds import NEWS
from portal.coaching.models import FeedbackSession
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User


def mail_both(session: FeedbackSession, kind: str, *, at: datetime, which: str = "") -> None:
    """Plan a mail of `kind` to both; `which` tells mails of one kind about one version apart."""
    _plan(session, kind, (session.lead, session.agent), at=at, which=which)


def mail_one(
    session: FeedbackSession, kind: str, *, to: User, at: datetime, which: str = ""
) -> None:
    """Plan a mail of `kind` to one person."""
    _plan(session, kind, (to,), at=at, which=which)


def tell_host(session: FeedbackSession, what: str, *, at: datetime) -> None:
    """Tell the host that they were `asked`, or that the other `declined` or asks `another_time`."""
    _plan(session, NEWS, (session.lead,), at=at, which=f":{what}:{at.isoformat()}")


def _plan(
    session: FeedbackSession, kind: str, people: Iterable[User], *, at: datetime, which: str
) -> None:
    plan_emails(
        (
            EmailDraft(
                kind=kind,
                recipient=person,
                to_address=person.email,
                dedupe_key=f"{kind}:{person.pk}:{session.pk}:{session.sequence}{which}",
                params={
                    "session": str(session.pk),
                    "sequence": session.sequence,
                    "which": which.lstrip(":"),
                },
                due_at=at,
            )
            for person in people
        ),
        at=at,
    )
