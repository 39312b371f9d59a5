"""Planning the mails about a session: one for each of the two, under a key of its own."""

from datetime import datetime

from portal.coaching.models import FeedbackSession
from portal.notifications.actions.outbox import EmailDraft, plan_emails


def mail_both(session: FeedbackSession, kind: str, *, at: datetime, which: str = "") -> None:
    """Plan a mail of `kind` to both; `which` tells mails of one kind about one version apart."""
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
            for person in (session.lead, session.agent)
        ),
        at=at,
    )
