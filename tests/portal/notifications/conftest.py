"""What tests of the outbox share: a person, a kind of mail that can be turned off, drafts of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.notifications import kinds
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.kinds import Dropped, MailKind, Message
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory


@pytest.fixture
def monday() -> datetime:
    """A Monday at 15:00 UTC, which is 10:00 in New York."""
    return MONDAY


@pytest.fixture
def priya(db: None) -> User:
    """An agent in New York."""
    return PersonFactory(email="priya@demo.example", name="Priya Raman")


@pytest.fixture
def alex(db: None) -> User:
    """An admin."""
    return PersonFactory(email="alex@demo.example", name="Alex Morgan", admin=True)


@pytest.fixture
def register_kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., MailKind]:
    """A function that makes a kind of mail known for one test."""

    def register(name: str, **options: Any) -> MailKind:
        fields = {"label": "Note", "about": "When a test wants one.", "compose": compose_note}
        kind = MailKind(name=name, **{**fields, **options})
        monkeypatch.setitem(kinds._KINDS, name, kind)
        return kind

    return register


@pytest.fixture
def note(register_kind: Callable[..., MailKind]) -> MailKind:
    """A kind of mail that says what its params hold, and that can be turned off."""
    return register_kind("note", is_optional=True)


@pytest.fixture
def draft_to(note: MailKind) -> Callable[..., EmailDraft]:
    """A function that drafts a note to a person, due on Monday."""

    def draft(person: User, key: str = "note", **changes: Any) -> EmailDraft:
        fields: dict[str, Any] = {
            "kind": note.name,
            "recipient": person,
            "to_address": person.email,
            "dedupe_key": f"{note.name}:{person.pk}:{key}",
            "params": {"heading": "A quiet word"},
            "due_at": MONDAY,
        }
        return EmailDraft(**{**fields, **changes})

    return draft


@pytest.fixture
def plan_note(draft_to: Callable[..., EmailDraft]) -> Callable[..., OutgoingEmail]:
    """A function that plans a note to a person and returns its row."""

    def plan(person: User, key: str = "note", **changes: Any) -> OutgoingEmail:
        draft = draft_to(person, key, **changes)
        plan_emails([draft], at=MONDAY)
        return OutgoingEmail.objects.get(dedupe_key=draft.dedupe_key)

    return plan


def compose_note(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Say what the params hold, in the template of mails about signing in."""
    if email.params.get("is_stale"):
        return Dropped("They have finished it.")
    context = {
        "heading": email.params["heading"],
        "text": email.params.get("text", "Nothing much."),
        "code": "",
        "button": "",
        "link": "",
        "happened_at": None,
        "ip_address": "",
        "browser": "",
        "ending": "",
    }
    return Message("account", context, reply_to=email.params.get("reply_to", ""))
