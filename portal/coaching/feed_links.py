"""The secret address from which a calendar reads somebody's due days and sessions."""

from django.core import signing

from portal.coaching.models import CalendarFeed
from portal.notifications.links import site_link

# Without a time in it, so that the same feed always has the same address.
_SIGNER = signing.Signer(salt="portal.coaching.feed")


def feed_link(feed: CalendarFeed) -> str:
    """Return the full address; it works as long as the feed is on and has this number."""
    token = _SIGNER.sign_object([feed.user_id, feed.number])
    return site_link("coaching:feed", token)


def read_feed_token(token: str) -> tuple[int, int]:
    """Return the person's id and the number that an address was made for.

    Raises:
        signing.BadSignature: the address was not made here, or was cut off on its way.
    """
    user_id, number = _SIGNER.unsign_object(token)
    return user_id, number
