"""The job aid for the middle of a call, and the guide for leads."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory
from tests.factories.people import PersonFactory
from tests.factories.sheets import give_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    module = LessonFactory().module
    give_sheets(module)
    return module


@pytest.fixture
def agent(client):
    client.force_login(PersonFactory())
    return client


@pytest.fixture
def lead(client):
    client.force_login(PersonFactory(lead=True))
    return client


def page_of(name, module):
    return reverse(f"courses:{name}", args=[module.course.slug, module.slug])


def test_an_agent_finds_the_job_aid_from_the_module_and_in_the_list(agent, module):
    address = page_of("job-aid", module)

    assert address in agent.get(page_of("module", module)).text
    assert address in agent.get(reverse("courses:job-aids")).text
    shown = agent.get(address).text
    assert "Hands off the keys." in shown
    assert "If you slipped" in shown


def test_a_lead_finds_the_guide_from_the_module_and_from_the_job_aid(lead, module):
    address = page_of("lead-guide", module)

    assert address in lead.get(page_of("module", module)).text
    assert address in lead.get(page_of("job-aid", module)).text
    shown = lead.get(address).text
    assert "Whose words came back?" in shown
    assert "Says back fact and feeling." in shown


def test_an_agent_is_neither_led_to_the_guide_nor_let_in(agent, module):
    address = page_of("lead-guide", module)

    assert address not in agent.get(page_of("module", module)).text
    assert address not in agent.get(page_of("job-aid", module)).text
    assert agent.get(address).status_code == 403


def test_a_module_without_pages_shows_no_way_to_them(lead):
    bare = LessonFactory().module

    shown = lead.get(page_of("module", bare)).text
    assert page_of("job-aid", bare) not in shown
    assert page_of("lead-guide", bare) not in shown
    assert lead.get(page_of("job-aid", bare)).status_code == 404
    assert lead.get(page_of("lead-guide", bare)).status_code == 404


def test_what_is_archived_is_gone_with_its_pages(lead):
    module = ModuleFactory(archived_at=now())
    in_old_course = ModuleFactory(course=CourseFactory(archived_at=now()))
    give_sheets(module)
    give_sheets(in_old_course)

    for one in (module, in_old_course):
        assert lead.get(page_of("job-aid", one)).status_code == 404
        assert lead.get(page_of("lead-guide", one)).status_code == 404
    assert "No job aids yet" in lead.get(reverse("courses:job-aids")).text
