"""How allauth's sign-in fits Attune: people come by invitation, and its mails use the outbox."""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from portal.kit.clock import now
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone, and no request waits for a mail server.

    A known and an unknown address take the same way, so the answer tells nobody which it was.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep allauth's own sign-up closed."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a sign-in. One that broke off on our side does not count as a wrong password."""
        try:
            user: User | None = super().authenticate(request, **credentials)
        except DatabaseError:
            self._rollback_login_failed_rl_usage()
            raise
        return user

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person that their account changed."""
        context = {"user": user, **(context or {})}
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail about signing in into the outbox; it goes out at once."""
        name = template_prefix.rpartition("/")[2]
        at = now()
        draft = EmailDraft(
            kind="account",
            recipient=context.get("user"),
            to_address=email,
            dedupe_key=f"account:{email}:{name}:{uuid.uuid4()}",
            params={"mail": name, **_plain_values(context)},
            due_at=at,
        )
        plan_emails([draft], at=at)


def _plain_values(context: dict[str, Any]) -> dict[str, str]:
    """Return what a mail can say of allauth's context: texts and times, no objects."""
    values = {}
    for name, value in context.items():
        if isinstance(value, datetime):
            values[name] = value.isoformat()
        elif isinstance(value, str):
            values[name] = _on_this_site(value) if name.endswith("_url") else value
    return values


def _on_this_site(url: str) -> str:
    """Let a link lead to our own address, whatever host the request claimed to be for."""
    parts = urlsplit(url)
    return f"{settings.SITE_URL}{parts.path}" + (f"?{parts.query}" if parts.query else "")
