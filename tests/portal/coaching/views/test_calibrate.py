"""The pages of calibration rounds, from opening one to what was agreed."""

import pytest
from django.test import Client

from portal.coaching.models import AgreedExample, CalibrationMark, CalibrationRound
from portal.people.models import User
from tests.factories.coaching import a_round, rated
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client: Client) -> User:
    dana = PersonFactory(lead=True, name="Dana Whitfield")
    client.force_login(dana)
    return dana


@pytest.fixture
def sam() -> User:
    return PersonFactory(lead=True, name="Sam Ortiz")


def test_from_opening_a_round_to_agreeing(dana, sam, client: Client):
    sent = {
        "title": "The lost referral",
        "skill": "listening",
        "transcript": "Caller: Again.",
        "raters": [dana.pk],
        "others": sam.email,
    }
    page = client.post("/feedback/calibration/open/", sent)
    at = page.headers["Location"]
    client.post(f"{at}rate/", {"AL1": "4", "AL1_quote": "Again."})
    assert "0 of 2" not in html_of(client.get("/feedback/calibration/"))
    client.force_login(sam)
    assert "Yours to rate" in html_of(client.get("/feedback/calibration/"))
    client.post(f"{at}rate/", {"AL1": "2", "AL1_quote": "Again."})
    client.force_login(dana)
    client.post(f"{at}show/")
    page = html_of(client.get(at))
    assert "Far apart" in page
    client.post(f"{at}agree/", {"AL1": "3", "AL1_words": "She names the feeling."})
    assert AgreedExample.objects.get().rating == 3


def test_one_rater_is_too_few_and_what_was_typed_stays(dana, client: Client):
    sent = {"title": "Lost", "skill": "empathy", "transcript": "Caller: Hm.", "raters": [dana.pk]}
    page = client.post("/feedback/calibration/open/", sent)
    assert page.status_code == 422
    assert "Choose at least two people." in html_of(page)
    assert "Caller: Hm." in html_of(page)
    assert not CalibrationRound.objects.exists()


def test_leads_of_teams_beside_ones_own_are_offered_and_no_others(dana, client: Client):
    site = TeamFactory()
    for lead, team in (
        (dana, TeamFactory(parent=site)),
        (PersonFactory(lead=True, name="Bea Near"), TeamFactory(parent=site)),
        (PersonFactory(lead=True, name="Far Away"), TeamFactory(parent=TeamFactory())),
    ):
        MembershipFactory(user=lead, team=team, is_lead=True)
    page = html_of(client.get("/feedback/calibration/open/"))
    assert "Bea Near" in page
    assert "Far Away" not in page


def test_an_address_that_is_no_leads_is_named(dana, client: Client):
    agent = PersonFactory(email="agent@example.org")
    sent = {"title": "Lost", "skill": "empathy", "transcript": "Hm.", "raters": [dana.pk]}
    page = client.post("/feedback/calibration/open/", {**sent, "others": agent.email})
    assert "No lead has this address: agent@example.org" in html_of(page)


def test_a_rating_without_its_sentence_is_not_taken(dana, sam, client: Client):
    found = a_round(dana, sam)
    page = client.post(f"/feedback/calibration/{found.pk}/rate/", {"AL1": "4"})
    assert page.status_code == 422
    assert "Quote the sentence that shows it." in html_of(page)
    assert not CalibrationMark.objects.exists()


def test_no_rating_of_another_is_in_the_page_before_all_are_shown(dana, sam, client: Client):
    found = a_round(dana, sam)
    rated(found, sam, AL1=2)
    CalibrationMark.objects.update(quote="the canary sings")
    assert "canary" not in html_of(client.get(f"/feedback/calibration/{found.pk}/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_queries(dana, client: Client, count, django_assert_num_queries):
    for _ in range(count):
        found = a_round(dana, *[PersonFactory(lead=True) for _ in range(count)])
    client.get("/feedback/calibration/")
    with django_assert_num_queries(3):
        client.get("/feedback/calibration/")
    with django_assert_num_queries(5):
        client.get(f"/feedback/calibration/{found.pk}/")
