"""The quiz of the bench: ten questions with three options each, and who takes it."""

from typing import Any

from courses.actions.publishing import publish_revision
from courses.models import Activity, ActivityKind, Course, Module
from portal.kit.clock import now

QUESTIONS = 10
OPTIONS = "ABC"


def ten_questions_raw() -> dict[str, Any]:
    """Return the quiz as an author would write it; A is always right."""
    return {
        "title": "Ten questions",
        "intro": "Ten short questions about a call.",
        "minutes": 10,
        "pass_mark": 60,
        "feedback": "at_end",
        "shuffle_questions": True,
        "shuffle_options": True,
        "items": [_item(number) for number in range(1, QUESTIONS + 1)],
    }


def publish_ten_questions(name: str) -> Activity:
    """Publish the quiz as the only step of a module of its own; `name` is part of its address."""
    course = Course.objects.create(
        slug=f"bench-{name}", title="Bench", skill="listening", position=90
    )
    module = Module.objects.create(
        course=course, slug=name, title="Bench", behaviours=[], minutes=10, position=1
    )
    quiz = Activity.objects.create(
        module=module, slug="quiz", title="Ten questions", kind=ActivityKind.QUIZ, position=1
    )
    publish_revision(quiz, ten_questions_raw(), by=None, at=now())
    quiz.refresh_from_db()
    return quiz


def _item(number: int) -> dict[str, Any]:
    return {
        "id": f"item-{number}",
        "type": "single_choice",
        "title": f"Question {number}",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "stem": "“I was cut off twice, and then the line was dead. I only want to know the day.”",
        "prompt": f"Which reply says back what you heard, for caller {number}?",
        "options": [
            {
                "id": option,
                "text": f"This is one of three replies of about this length, {option}.",
                "feedback": "It says what such a reply does to the caller, in one sentence.",
            }
            | ({"right": True} if option == "A" else {})
            for option in OPTIONS
        ],
        "rationale": "Say back the fact and the wish before anything else.",
    }
