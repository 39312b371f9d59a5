"""Pages of programmes."""

from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.everything import Everything
from tests.journeys.looks.how import Look, at, everybody, press

_GIVEN = at("programmes:programme", given=lambda there: there.programme.pk)
_GIVE = at("programmes:give", slug=lambda there: there.programme.programme.slug)


def asking_for_priya(there: Everything) -> str:
    """Return where a program for Priya and Jomar is proposed."""
    people = f"person={there.house.priya.pk}&person={there.house.jomar.pk}"
    return f"{reverse('programmes:plan')}?{people}"


def without_a_title(page: Page) -> None:
    """Give it without saying what it is called."""
    page.get_by_label("What it is called").fill("")
    press("Give it to 2 people")(page)


PROGRAMMES: dict[str, list[Look]] = {
    "programmes:my-programmes": [
        *everybody(at("programmes:my-programmes"), "priya", "nia", "dana"),
    ],
    "programmes:programme": everybody(_GIVEN, "priya", "dana"),
    "programmes:team-programmes": everybody(at("programmes:team-programmes"), "dana", "lone_lead"),
    "programmes:give": [
        Look("dana", _GIVE),
        Look("dana", _GIVE, press("Give this program")),
    ],
    "programmes:plan": [
        Look("dana", at("programmes:plan")),
        Look("dana", asking_for_priya),
        Look("dana", asking_for_priya, without_a_title),
    ],
    "programmes:withdraw": [
        Look("dana", at("programmes:withdraw", given=lambda there: there.programme.pk))
    ],
}
