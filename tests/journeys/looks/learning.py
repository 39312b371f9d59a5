"""Pages of those who learn."""

from tests.journeys.looks.how import (
    Look,
    Path,
    activity_page,
    at,
    attempt_page,
    card_page,
    everybody,
    marked_page,
    module_page,
    person_page,
    press,
    question_page,
    show_tabs,
    type_a_reply,
)


def _piece(source: str) -> Path:
    """Return where a piece of Priya's evidence is."""
    return at(
        "assessments:evidence",
        evidence=lambda there: there.house.priya.skill_evidence.filter(source=source).first().pk,
    )


LEARNING: dict[str, list[Look]] = {
    "courses:my-learning": everybody(at("courses:my-learning"), "priya", "jomar", "nia"),
    "courses:catalogue": everybody(at("courses:catalogue"), "priya", "nia"),
    "courses:module": everybody(module_page("courses:module"), "priya", "nia"),
    "courses:job-aids": everybody(at("courses:job-aids"), "priya"),
    "courses:job-aid": everybody(module_page("courses:job-aid"), "priya"),
    "courses:lead-guide": everybody(module_page("courses:lead-guide"), "dana"),
    "courses:read-lesson": everybody(
        module_page("courses:read-lesson", activity=lambda there: there.house.step("lesson").slug),
        "jomar",
        "nia",
    ),
    "assessments:brief": [
        *everybody(activity_page("assessments:brief", "scenario"), "priya", "nia"),
        *everybody(activity_page("assessments:brief", "quiz"), "priya", "nia"),
    ],
    "assessments:play-scenario": [
        Look("priya", attempt_page("assessments:play-scenario", "open_call"), show_tabs),
        Look("jomar", attempt_page("assessments:play-scenario", "typed_call")),
        Look("jomar", attempt_page("assessments:play-scenario", "typed_call"), press("Say it")),
        Look("jomar", attempt_page("assessments:play-scenario", "typed_call"), type_a_reply),
        Look("dana", attempt_page("assessments:play-scenario", "assessed_call")),
    ],
    "assessments:debrief": everybody(
        attempt_page("assessments:debrief", "finished_call"), "priya", "dana"
    ),
    "assessments:rewind": [
        Look(
            "priya",
            at(
                "assessments:rewind",
                attempt=lambda there: there.finished_call.pk,
                kept=lambda there: 2,
            ),
        )
    ],
    "assessments:compare": [
        *everybody(activity_page("assessments:compare", "scenario"), "priya", "nia"),
        Look(
            "priya",
            lambda there: (
                f"{activity_page('assessments:compare', 'scenario')(there)}"
                f"?first={there.finished_call.pk}&second={there.second_call.pk}"
            ),
        ),
    ],
    "assessments:my-skills": everybody(at("assessments:my-skills"), "priya", "nia"),
    "assessments:my-skill": [
        Look(who, at("assessments:my-skill", skill=lambda there: "listening"))
        for who in ("priya", "nia")
    ],
    "assessments:evidence": [
        *everybody(_piece("scenario"), "priya", "dana"),
        *everybody(_piece("lead"), "priya", "dana"),
    ],
    "assessments:rate-myself": [
        Look("priya", at("assessments:rate-myself", skill=lambda there: "empathy")),
        Look(
            "priya",
            at("assessments:rate-myself", skill=lambda there: "empathy"),
            press("Keep my rating"),
        ),
    ],
    "assessments:see-differently": [
        Look(
            "priya",
            at("assessments:see-differently", skill=lambda there: "listening"),
            press("Send to my lead"),
        )
    ],
    "assessments:edit-comment": [
        Look("priya", at("assessments:edit-comment", comment=lambda there: there.comment.pk))
    ],
    "assessments:delete-comment": [
        Look("priya", at("assessments:delete-comment", comment=lambda there: there.comment.pk))
    ],
    "assessments:runs": [
        *[
            Look("dana", person_page("assessments:runs", who, "person"))
            for who in ("priya", "jomar")
        ],
        Look("nia", person_page("assessments:runs", "nia", "person")),
    ],
    "assessments:refresh": everybody(at("assessments:refresh"), "jomar", "nia"),
    "assessments:refresh-card": [
        *[
            Look("jomar", card_page(which))
            for which in ("item", "moment", "recall", "turned", "told", "retired")
        ],
        Look("jomar", card_page("item"), press("Check my answer")),
    ],
    "assessments:refresh-settings": [
        *everybody(at("assessments:refresh-settings"), "jomar", "nia"),
        Look("jomar", at("assessments:refresh-settings"), press("Pause my cards")),
    ],
    "assessments:take-quiz": everybody(attempt_page("assessments:take-quiz", "open_quiz"), "priya"),
    "assessments:take-question": [
        *[Look("priya", question_page("open_quiz", number)) for number in range(8)],
        *[Look("jomar", question_page("fresh_quiz", number)) for number in range(8)],
        Look("jomar", question_page("fresh_quiz", 0), press("Check my answer")),
    ],
    "assessments:quiz-results": [
        *everybody(attempt_page("assessments:quiz-results", "finished_quiz"), "priya", "dana"),
        *everybody(marked_page("waiting"), "jomar", "dana"),
        Look("jomar", marked_page("given")),
    ],
}
