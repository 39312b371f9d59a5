"""An invitation is mailed, and only while it stands."""

from datetime import datetime, timedelta

import pytest

from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.actions.invitations import invite_person, withdraw_invitation
from portal.people.models import Invitation, User
from portal.people.permissions import Role
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def invite(by: User, at: datetime) -> Invitation:
    """Invite Noor to be an agent."""
    return invite_person(
        email="Noor@demo.example",
        name="Noor Haddad",
        roles=[Role.AGENT],
        team=None,
        by=by,
        at=at,
    )


def test_an_invitation_is_mailed_with_its_link_which_is_then_forgotten(
    mail_server: MailServer, alex: User, monday: datetime
) -> None:
    invite(alex, monday)
    email = OutgoingEmail.objects.get()
    token = email.params["token"]

    deliver_due_emails(clock=lambda: monday)

    [message] = mail_server.messages
    assert (message["To"], message["Reply-To"]) == ("noor@demo.example", "alex@demo.example")
    for part in message.iter_parts():
        assert token in part.get_content()
    email.refresh_from_db()
    assert (email.state, email.params, email.body_text) == (EmailState.SENT, {}, "")
    assert token not in str(vars(email))


@pytest.mark.parametrize("change", ["withdrawn", "run out"])
def test_an_invitation_that_no_longer_stands_is_not_mailed(
    mail_server: MailServer, alex: User, monday: datetime, change: str
) -> None:
    invitation = invite(alex, monday)
    if change == "withdrawn":
        withdraw_invitation(invitation, by=alex, at=monday)
    later = monday if change == "withdrawn" else monday + timedelta(days=30)

    deliver_due_emails(clock=lambda: later)

    email = OutgoingEmail.objects.get()
    assert (email.state, email.drop_reason) == (
        EmailState.DROPPED,
        "The invitation was used, withdrawn or has run out.",
    )
    assert mail_server.messages == []
