"""Authors' and admins' pages."""

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
