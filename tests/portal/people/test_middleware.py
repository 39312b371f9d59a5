"""Pages speak the reader's time, and a lost session leads the whole window to signing in."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from portal.people.middleware import ReaderMiddleware
from portal.people.models import User
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_times_are_shown_in_the_zone_of_the_reader(rf: RequestFactory):
    def show(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{timezone.localtime(NOON):%H:%M} {translation.get_language()}")

    request = rf.get("/")
    request.user = PersonFactory(time_zone="Asia/Manila")
    assert ReaderMiddleware(show)(request).content == b"20:00 en-us"
    assert timezone.get_current_timezone_name() == "UTC"


def test_htmx_leads_the_whole_window_to_signing_in(client: Client):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/assign/?module=1"}
    response = client.get("/profile/", headers=headers)
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fassign%2F%3Fmodule%3D1"
    assert response.content == b""


def test_htmx_is_never_led_elsewhere_afterwards(client: Client):
    headers = {"hx-request": "true", "hx-current-url": "https://elsewhere.example/assign/"}
    response = client.get("/profile/", headers=headers)
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_other_answers_to_htmx_are_left_alone(agent: User, browser_of: Callable[[User], Client]):
    response = browser_of(agent).get("/profile/", headers={"hx-request": "true"})
    assert "HX-Redirect" not in response.headers
    assert b"Your profile" in response.content
