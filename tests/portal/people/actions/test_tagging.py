"""Tags of people: typed with commas, kept in small letters, with a line in the record."""

import pytest
from django.test import Client

from portal.audit.models import AuditEvent
from portal.people.queries.tags import tags_in_use
from tests.factories.assigning import lead_of, member_of
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db


def test_a_lead_changes_the_tags_of_their_people_and_of_nobody_else(client: Client) -> None:
    blue = TeamFactory()
    dana, priya, stranger = lead_of(blue), member_of(blue), member_of(TeamFactory(), tags=["x"])
    client.force_login(dana)
    url = f"/team/people/{priya.pk}/tags/"
    for _ in range(2):
        sent = {"tags": " Night  shift, spanish,, SPANISH"}
        assert client.post(url, sent).status_code == 302
    priya.refresh_from_db()
    assert priya.tags == ["night shift", "spanish"]
    changed = AuditEvent.objects.get(verb="changed tags of")
    assert changed.details == {"before": [], "after": ["night shift", "spanish"]}
    assert tags_in_use(dana) == ["night shift", "spanish"]
    assert client.get(f"/team/people/{stranger.pk}/tags/").status_code == 404
    assert "night shift, spanish" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 41, "is too long. Use up to 40 letters."),
        (", ".join("abcdefghijklm"), "Choose up to 12."),
    ],
)
def test_what_is_too_much_is_said_beside_the_field(typed: str, said: str, client: Client) -> None:
    blue = TeamFactory()
    priya = member_of(blue)
    client.force_login(lead_of(blue))
    answer = client.post(f"/team/people/{priya.pk}/tags/", {"tags": typed})
    page = answer.content.decode()
    assert [answer.status_code, said in page, typed in page] == [422, True, True]
