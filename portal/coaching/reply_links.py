"""The link with which somebody answers an invitation straight from its mail."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from portal.coaching.models import FeedbackSession
from portal.people.models import User

_SALT = "portal.coaching.reply"


def reply_token(session: FeedbackSession, person: User) -> str:
    """Return the secret of the link; it is good for the present time and place only."""
    return signing.dumps([str(session.pk), person.pk, session.sequence], salt=_SALT)


def reply_path(session: FeedbackSession, person: User) -> str:
    """Return where somebody answers."""
    return reverse("coaching:reply", args=[reply_token(session, person)])


def read_reply_token(token: str) -> tuple[UUID, int, int]:
    """Return the session, the person and the version of the invitation a link was made for.

    Raises:
        signing.BadSignature: the link was not made here, or was cut off on its way.
    """
    session, person, sequence = signing.loads(token, salt=_SALT)
    return UUID(session), person, sequence
