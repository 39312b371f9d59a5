"""Addresses that a mail carries: pages of this site, and the way out of optional mails."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "portal.notifications.unsubscribe"


def site_link(view_name: str, *args: Any, **kwargs: Any) -> str:
    """Return the full address of a page, as a mail needs it."""
    return f"{settings.SITE_URL}{reverse(view_name, args=args, kwargs=kwargs)}"


def site_host() -> str:
    """Return the host name of this site."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def unsubscribe_link(user_id: int, kind_name: str) -> str:
    """Return the address at which one person turns one kind of mail off without signing in."""
    token = signing.dumps([user_id, kind_name], salt=_SALT)
    return site_link("notifications:unsubscribe", token)


def read_unsubscribe_token(token: str) -> tuple[int, str]:
    """Return the person's id and the kind's name that a link was made for.

    Raises:
        signing.BadSignature: the link was not made here, or was cut off on its way.
    """
    user_id, kind_name = signing.loads(token, salt=_SALT)
    return user_id, kind_name
