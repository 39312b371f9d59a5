"""Kudos and comments: once from each lead, in working hours, read by the person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from portal.audit.models import AuditEvent
from portal.coaching.actions.praising import GivenAlready, say_words
from portal.notifications.actions.delivery import deliver_due_emails
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.courses import CompletionFactory, EnrolmentFactory, LessonFactory
from tests.factories.moments import MONDAY
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db

AT_NIGHT = datetime(2026, 11, 24, 6, tzinfo=UTC)
AT_NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def test_kudos_come_once_from_each_lead_and_by_mail_in_working_hours(
    pair: tuple[User, User], mail_server: MailServer
) -> None:
    dana, priya = pair
    completion = CompletionFactory(user=priya, module__title="Plain words")
    say_words(completion, "", is_kudos=True, by=dana, at=AT_NIGHT)
    with pytest.raises(GivenAlready):
        say_words(completion, "Again", is_kudos=True, by=dana, at=AT_NIGHT)
    say_words(completion, "You let her <b>finish</b>.", is_kudos=False, by=dana, at=AT_NIGHT)
    assert deliver_due_emails(clock=lambda: AT_NINE - timedelta(minutes=1)) == 0
    assert deliver_due_emails(clock=lambda: AT_NINE) == 2
    # Both are due at one moment; which of them leaves first is left open.
    kudos, words = sorted(mail_server.messages, key=lambda mail: "Kudos" not in mail["Subject"])
    assert [kudos["Subject"], kudos["Reply-To"]] == ["Kudos from Dana", dana.email]
    assert "&lt;b&gt;finish" in words.get_body(("html",)).get_content()
    said = AuditEvent.objects.filter(verb__in=["gave kudos on", "commented on"])
    assert said.count() == 2


def test_the_agent_reads_them_and_the_lead_is_told_what_is_missing(
    pair: tuple[User, User], client: Client
) -> None:
    dana, priya = pair
    module = LessonFactory().module
    CompletionFactory(user=priya, module=module)
    duty = EnrolmentFactory(user=priya, module=module, completed_at=MONDAY)
    open_duty = EnrolmentFactory(user=priya)
    client.force_login(dana)
    url = f"/team/enrolments/{duty.pk}/words/"
    assert client.get(f"/team/enrolments/{open_duty.pk}/words/").status_code == 404
    assert client.post(url, {"kind": "comment", "text": " "}).status_code == 422
    page = client.post(url, {"kind": "kudos", "text": "You named it."}, follow=True)
    assert "You named it." in page.content.decode()
    again = client.post(url, {"kind": "kudos", "text": "Twice"})
    assert [again.status_code, "You gave kudos for this" in again.content.decode()] == [422, True]
    client.force_login(priya)
    for path in ("/learning/", f"/courses/{module.course.slug}/{module.slug}/"):
        assert "You named it." in client.get(path).content.decode()
