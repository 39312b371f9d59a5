"""A lead's pages."""

from django.urls import reverse

from portal.people.models import Team
from tests.journeys.looks.how import (
    Look,
    asking,
    at,
    everybody,
    everybody_in_the_preview,
    person_page,
    press,
    wait_for_preview,
)

TEAM: dict[str, list[Look]] = {
    "courses:team": [
        *everybody(at("courses:team"), "dana", "lone_lead"),
        Look("dana", asking(at("courses:team"), "q=nobody")),
        Look("dana", at("courses:team"), lambda page: page.locator("[data-bulk-all]").check()),
    ],
    "assessments:skill-groups": [
        *everybody(at("assessments:skill-groups"), "dana", "lone_lead", "alex"),
        Look(
            "alex",
            lambda there: (
                f"{reverse('assessments:skill-groups')}?within={Team.objects.earliest('path').pk}"
            ),
        ),
    ],
    "assessments:team-skills": everybody(at("assessments:team-skills"), "dana", "lone_lead"),
    "assessments:waiting-views": everybody(at("assessments:waiting-views"), "dana", "lone_lead"),
    "assessments:answer-view": [
        Look("dana", at("assessments:answer-view", view=lambda there: there.views["waiting"].pk)),
        Look("dana", at("assessments:answer-view", view=lambda there: there.views["answered"].pk)),
    ],
    "assessments:marking-queue": everybody(at("assessments:marking-queue"), "dana", "lone_lead"),
    "assessments:correct-mark": [
        Look("dana", at("assessments:correct-mark", mark=lambda there: there.marks["given"].pk)),
        Look(
            "dana",
            at("assessments:correct-mark", mark=lambda there: there.marks["given"].pk),
            press("Keep the corrected mark"),
        ),
    ],
    "assessments:mark-answer": [
        Look("dana", at("assessments:mark-answer", mark=lambda there: there.marks["waiting"].pk)),
        Look("dana", at("assessments:mark-answer", mark=lambda there: there.marks["given"].pk)),
        Look(
            "dana",
            at("assessments:mark-answer", mark=lambda there: there.marks["waiting"].pk),
            press("Keep this mark"),
        ),
    ],
    "assessments:person-skills": [
        Look("dana", person_page("assessments:person-skills", "priya", "person"))
    ],
    "assessments:person-skill": [
        Look(
            "dana",
            at(
                "assessments:person-skill",
                person=lambda there: there.house.priya.pk,
                skill=lambda there: "listening",
            ),
        )
    ],
    "assessments:extra-time": [
        Look("dana", person_page("assessments:extra-time", "priya", "person")),
        Look("dana", person_page("assessments:extra-time", "jomar", "person"), press("Keep this")),
    ],
    "courses:person": [
        *[Look("dana", person_page("courses:person", who, "person")) for who in ("priya", "jomar")],
        Look("alex", person_page("courses:person", "nia", "person")),
    ],
    "people:tags": [
        Look("dana", person_page("people:tags", "priya", "person_id")),
    ],
    "courses:matrix": [
        *everybody(at("courses:matrix"), "dana", "lone_lead"),
        Look("dana", asking(at("courses:matrix"), "q=nobody")),
    ],
    "courses:assignment": [
        Look("dana", at("courses:assignment", assignment=lambda there: there.assignment.pk)),
    ],
    "courses:change-duty": [
        Look("dana", at("courses:change-duty", enrolment=lambda there: there.enrolment.pk)),
    ],
    "courses:assign": [
        Look("dana", at("courses:assign")),
        Look("dana", at("courses:assign"), press("See who it reaches")),
        Look(
            "dana",
            lambda there: (
                f"{reverse('courses:assign')}?what=module-{there.house.module.pk}"
                f"&person={there.house.dana.pk}&team={there.house.blue.pk}"
            ),
            wait_for_preview,
        ),
        Look("lone_lead", at("courses:assign")),
        Look(
            "dana",
            lambda there: (
                f"{reverse('courses:assign')}?what=module-{there.house.module.pk}"
                f"&team={there.house.blue.pk}"
            ),
            everybody_in_the_preview,
        ),
    ],
    "courses:rollup": everybody(at("courses:rollup"), "dana", "lone_lead", "alex"),
    "courses:rules": everybody(at("courses:rules"), "dana", "lone_lead"),
}
