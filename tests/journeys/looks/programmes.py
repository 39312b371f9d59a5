"""Pages of programmes."""

from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.everything import Everything
from tests.journeys.looks.how import Look, at, everybody, press

_GIVEN = at("programmes:programme", given=lambda there: there.programme.pk)
_WRITTEN = at("programmes:rewrite", slug=lambda there: there.written_programme.slug)
_GIVE = at("programmes:give", slug=lambda there: there.programme.programme.slug)


def asking_for_priya(there: Everything) -> str:
    """Return where a program for Priya and Jomar is proposed."""
    people = f"person={there.house.priya.pk}&person={there.house.jomar.pk}"
    return f"{reverse('programmes:plan')}?{people}"


def without_a_title(page: Page) -> None:
    """Give it without saying what it is called."""
    page.get_by_label("What it is called").fill("")
    press("Give it to 2 people")(page)


def waiting_for_itself(page: Page) -> None:
    """Let a step wait for itself, and publish that."""
    page.get_by_label("Opens after").nth(1).fill("2")
    press("Publish as a new version")(page)


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
    "programmes:write": [
        Look("dana", at("programmes:write")),
        Look("dana", at("programmes:write"), press("Publish it")),
    ],
    "programmes:rewrite": [Look("dana", _WRITTEN), Look("dana", _WRITTEN, waiting_for_itself)],
    "programmes:archive": [
        Look("dana", at("programmes:archive", slug=lambda there: there.written_programme.slug))
    ],
    "programmes:withdraw": [
        Look("dana", at("programmes:withdraw", given=lambda there: there.programme.pk))
    ],
}
