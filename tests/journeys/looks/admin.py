"""Authors' and admins' pages."""

from collections.abc import Callable

from courses.content.editing import pieces_of
from tests.journeys.everything import Everything
from tests.journeys.looks.how import (
    Look,
    Path,
    activity_page,
    as_in_a_mail_program,
    asking,
    at,
    everybody,
    mail_page,
    person_page,
    press,
    save_too_early,
    take_in_a_course,
    with_a_typing_error,
)

_INVITING = at(
    "courses:open-panel",
    activity=lambda there: there.house.step("quiz").pk,
    item=lambda there: there.panels["open"].item_id,
)


def _panel(which: str) -> Path:
    return at("courses:panel", panel=lambda there: there.panels[which].pk)


def _piece(kind: str, place: int) -> Path:
    def piece(there: Everything) -> str:
        pieces = pieces_of(kind, there.house.step(kind).live_revision.content)
        return str(pieces[place]["id"])

    return at("courses:edit-piece", activity=lambda there: there.house.step(kind).pk, piece=piece)


def _new_piece(kind: str, what: str) -> Path:
    return at(
        "courses:add-piece",
        activity=lambda there: there.house.step(kind).pk,
        what=lambda there: what,
    )


def _of_the_course(name: str) -> Path:
    return at(name, course=lambda there: there.house.module.course_id)


def _of_the_module(name: str) -> Path:
    return at(name, module=lambda there: there.house.module.pk)


def _archive(what: str, pk: Callable[[Everything], int]) -> Path:
    return at("courses:archive-part", what=lambda there: what, pk=pk)


ADMIN: dict[str, list[Look]] = {
    "courses:content-list": everybody(at("courses:content-list"), "mei", "alex"),
    "courses:import": [
        Look("mei", at("courses:import")),
        Look("mei", at("courses:import"), take_in_a_course),
    ],
    "assessments:coach-reports": [
        *everybody(at("assessments:coach-reports"), "mei"),
        Look("mei", asking(at("assessments:coach-reports"), "state=settled")),
    ],
    "courses:frame": everybody(at("courses:frame"), "alex"),
    "courses:edit-skill": everybody(
        at("courses:edit-skill", skill=lambda there: "empathy"), "alex"
    ),
    "assessments:skill-check": everybody(at("assessments:skill-check"), "alex"),
    "courses:outline": everybody(_of_the_course("courses:outline"), "mei"),
    "courses:new-course": [
        Look("mei", at("courses:new-course"), press("Save")),
    ],
    "courses:edit-course": everybody(_of_the_course("courses:edit-course"), "mei"),
    "courses:new-module": [Look("mei", _of_the_course("courses:new-module"), press("Save"))],
    "courses:edit-module": everybody(_of_the_module("courses:edit-module"), "mei"),
    "courses:new-activity": [Look("mei", _of_the_module("courses:new-activity"), press("Save"))],
    "courses:archive-part": [
        Look("mei", _archive("module", lambda there: there.house.module.pk)),
        Look("mei", _archive("activity", lambda there: there.house.step("quiz").pk)),
    ],
    "courses:content-revisions": everybody(
        activity_page("courses:content-revisions", "lesson"), "mei"
    ),
    "courses:preview-lesson": everybody(activity_page("courses:preview-lesson", "lesson"), "mei"),
    "assessments:preview-quiz": everybody(activity_page("assessments:preview-quiz", "quiz"), "mei"),
    "assessments:preview-question": [
        Look(
            "mei",
            at(
                "assessments:preview-question",
                activity=lambda there: there.house.step("quiz").pk,
                number=lambda there: 2,
            ),
        )
    ],
    "assessments:preview-scenario": everybody(
        activity_page("assessments:preview-scenario", "scenario"), "mei"
    ),
    "courses:panels": everybody(activity_page("courses:panels", "quiz"), "mei"),
    "courses:open-panel": [
        Look("mei", _INVITING),
        Look("mei", _INVITING, press("Invite them")),
    ],
    "courses:panel": [
        Look("mei", _panel("open")),
        Look("mei", _panel("closed")),
        Look("dana", _panel("open")),
        Look("dana", _panel("open"), press("Keep my ratings")),
        Look("dana", _panel("closed")),
    ],
    "courses:draft": [
        *everybody(activity_page("courses:draft", "quiz"), "mei"),
        *everybody(activity_page("courses:draft", "scenario"), "mei"),
        Look("mei", activity_page("courses:draft", "lesson"), with_a_typing_error),
    ],
    "courses:edit-content": [
        *everybody(activity_page("courses:edit-content", "lesson"), "mei"),
        *everybody(activity_page("courses:edit-content", "quiz"), "mei"),
    ],
    "courses:edit-settings": everybody(activity_page("courses:edit-settings", "quiz"), "mei"),
    "courses:edit-piece": [Look("mei", _piece("lesson", 0)), Look("mei", _piece("quiz", 0))],
    "courses:add-piece": [
        Look("mei", _new_piece("lesson", "cards")),
        Look("mei", _new_piece("quiz", "matching")),
        Look("mei", _new_piece("quiz", "long_text")),
        Look("mei", _new_piece("lesson", "phrases"), save_too_early),
    ],
    "courses:publish": everybody(activity_page("courses:publish", "quiz"), "mei"),
    "courses:compare-revisions": [
        Look(
            "mei",
            at(
                "courses:compare-revisions",
                activity=lambda there: there.house.step("lesson").pk,
                older=lambda there: 1,
                newer=lambda there: 2,
            ),
        )
    ],
    "assessments:regrade": [
        Look(
            "mei",
            at(
                "assessments:regrade",
                activity=lambda there: there.house.step("quiz").pk,
                number=lambda there: 2,
            ),
        )
    ],
    "assessments:quiz-statistics": everybody(
        activity_page("assessments:quiz-statistics", "quiz"), "mei"
    ),
    "assessments:questions": everybody(at("assessments:questions"), "mei"),
    "assessments:question": [
        Look(
            "mei",
            at(
                "assessments:question",
                question=lambda there: (
                    there.house.step("quiz").bank_questions.earliest("position").pk
                ),
            ),
        )
    ],
    "courses:content-revision": [
        Look(
            "mei",
            at(
                "courses:content-revision",
                activity=lambda there, kind=kind: there.house.step(kind).pk,
                number=lambda there: 1,
            ),
        )
        for kind in ("lesson", "scenario", "quiz")
    ],
    "notifications:outbox": [
        Look("alex", at("notifications:outbox")),
        Look("alex", asking(at("notifications:outbox"), "state=dead")),
        Look("alex", asking(at("notifications:outbox"), "address=nobody")),
    ],
    "notifications:mail": [
        Look("alex", mail_page("notifications:mail", which))
        for which in ("sent", "secret", "dead", "waiting")
    ],
    "notifications:mail-body": [
        Look("alex", mail_page("notifications:mail-body", "sent"), as_in_a_mail_program)
    ],
    "notifications:send-again": [
        Look("alex", mail_page("notifications:send-again", which)) for which in ("sent", "waiting")
    ],
    "people:people-list": [
        Look("alex", asking(at("people:people-list"), "state=all")),
        Look("alex", asking(at("people:people-list"), "q=nobody")),
    ],
    "people:person": [
        Look("alex", person_page("people:person", who, "person_id")) for who in ("dana", "gone")
    ],
    "people:deactivate": [Look("alex", person_page("people:deactivate", "priya", "person_id"))],
    "people:reactivate": [Look("alex", person_page("people:reactivate", "gone", "person_id"))],
    "people:forget-second-step": [
        Look("alex", person_page("people:forget-second-step", "dana", "person_id"))
    ],
    "people:invite": [
        Look("alex", at("people:invite")),
        Look("alex", at("people:invite"), press("Send invitation")),
    ],
    "people:invitations": everybody(at("people:invitations"), "alex"),
}
