"""The admin's page that says whether estimates hold, and the knob on it."""

from datetime import timedelta

import pytest
import time_machine

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.actions.noise_scale import scale_noise
from assessments.actions.rebuilding import differing_estimates
from assessments.models import NoiseScale, SkillEvidence
from assessments.skill_estimate import Source
from courses.content.skills import Skill
from portal.audit.models import AuditEvent
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db
URL = "/team/skills/check/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def alex():
    return PersonFactory(admin=True, name="Alex Kim")


def first_attempts(number, value=0.6, at=MONDAY):
    for person in PersonFactory.create_batch(number):
        origin = Origin(Source.SCENARIO, MONDAY.date(), proof=f"test:{person.pk}")
        finding = Finding(Skill.EMPATHY, value, 0.05, 4, {"EM1": (value, 1)})
        take_in([finding], origin, user=person, at=at)


def page(client, viewer):
    client.force_login(viewer)
    response = client.get(URL)
    assert response.status_code == 200
    return html_of(response)


def test_before_any_call_the_page_says_what_will_come(client, alex):
    assert "No first assessed call yet." in page(client, alex)


def test_a_few_results_are_shown_and_not_judged(client, alex):
    first_attempts(3)
    html = page(client, alex)
    assert "3 of 3 results lay within their range: 100%." in html
    assert "Too few to say" in html
    assert "nearest to 80" not in html


def test_from_a_hundred_on_the_page_judges_and_names_the_nearest_setting(client, alex):
    first_attempts(100)
    html = page(client, alex)
    assert "The ranges are wider than they need to be" in html
    assert "nearest to 80" in html


def test_the_page_costs_the_same_queries_for_any_number(client, alex, django_assert_num_queries):
    page(client, alex)
    for more in (1, 49):
        first_attempts(more)
        with django_assert_num_queries(3):
            client.get(URL)


def test_a_setting_counts_from_now_on_and_leaves_what_was_recorded(client, alex):
    first_attempts(1, at=MONDAY - timedelta(hours=1))
    client.force_login(alex)
    sent = {"percent": "150", "reason": "Ranges held 70 of 100."}
    assert client.post(URL, sent).status_code == 302
    first_attempts(1)
    noises = SkillEvidence.objects.order_by("pk").values_list("noise", flat=True)
    assert list(noises) == [0.05, pytest.approx(0.075)]
    assert list(differing_estimates()) == []
    assert AuditEvent.objects.get(verb="scaled noise").details == {"percent": 150, "before": 100}
    html = page(client, alex)
    assert "Since the setting was changed" in html
    assert "1 of 1 results" in html
    assert "Ranges held 70 of 100." in html


def test_a_setting_without_a_reason_is_refused_and_stays_chosen(client, alex):
    client.force_login(alex)
    response = client.post(URL, {"percent": "200", "reason": " "})
    assert response.status_code == 422
    assert "Write a few words" in html_of(response)
    assert '<option value="200" selected>' in response.content.decode()
    assert not NoiseScale.objects.exists()


def test_the_latest_setting_counts(alex):
    for percent in (200, 50):
        scale_noise(percent, reason="A try.", by=alex, at=MONDAY)
    first_attempts(1)
    assert SkillEvidence.objects.get().noise == pytest.approx(0.025)
