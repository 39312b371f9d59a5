"""A nudge: in their working hours, once a day, in the lead's own words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from portal.coaching.actions.nudging import NudgedAlready, nudge
from portal.notifications.actions.delivery import deliver_due_emails
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.courses import EnrolmentFactory, ModuleFactory
from tests.factories.people import PersonFactory
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db

AT_NIGHT = datetime(2026, 11, 24, 6, tzinfo=UTC)
AT_NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def test_a_nudge_waits_for_working_hours_and_comes_once_a_day(
    pair: tuple[User, User], mail_server: MailServer
) -> None:
    dana, priya = pair
    assert nudge(priya, words="Is <b>something</b> in the way?", by=dana, at=AT_NIGHT) == AT_NINE
    with pytest.raises(NudgedAlready):
        nudge(priya, words="Again.", by=PersonFactory(admin=True), at=AT_NINE)
    assert deliver_due_emails(clock=lambda: AT_NINE) == 1
    message = mail_server.messages[0]
    assert message["Reply-To"] == dana.email
    assert "Is <b>something</b> in the way?" in message.get_body(("plain",)).get_content()
    assert "&lt;b&gt;" in message.get_body(("html",)).get_content()
    assert nudge(priya, words="The day after.", by=dana, at=AT_NINE + timedelta(days=1))


def test_the_page_prepares_the_words_and_sends_what_the_lead_made_of_them(
    pair: tuple[User, User], client: Client
) -> None:
    dana, priya = pair
    EnrolmentFactory(user=priya, module=ModuleFactory(title="Plain words"), due_on=date(2020, 1, 3))
    client.force_login(dana)
    url = f"/team/needs/{priya.pk}/"
    assert "“Plain words” is still open" in client.get(url).content.decode()
    assert client.post(url, {"words": " "}).status_code == 422
    pages = [client.post(url, {"words": "Hi."}, follow=True).content.decode() for _ in range(2)]
    assert ["Sent. They get it" in pages[0], "nudged for that day" in pages[1]] == [True, True]
    assert "nudged" in client.get("/team/needs/").content.decode()
