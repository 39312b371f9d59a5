"""The course Active Listening as it stands in its files: usable, and without a finding."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from courses.content.captions import parse_captions
from courses.content.course import parse_course, parse_module
from courses.content.extras import parse_job_aid, parse_lead_guide, parse_refresher
from courses.content.lesson import Lesson, parse_lesson
from courses.content.lesson_blocks import BlockType
from courses.content.lint_lesson import lint_captions, lint_lesson
from courses.content.lint_quiz import lint_quiz
from courses.content.lint_text import reading_findings, voice_findings
from courses.content.quiz import Quiz, parse_quiz
from courses.content.quiz_items import SITUATIONAL_JUDGEMENT, ItemType
from courses.content.skills import Skill
from tests.factories.curriculum import LATER_TYPES

COURSE = Path(__file__).parents[3] / "courses/library/active-listening"
MODULE = COURSE / "hear-the-whole-story-first"
MEDIA = MODULE / "media"
LARGEST_FILM = 400_000


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def lesson() -> Lesson:
    return parse_lesson(read(MODULE / "hear-the-whole-story.lesson.yaml"))


@pytest.fixture
def quiz() -> Quiz:
    return parse_quiz(read(MODULE / "first-two-minutes.quiz.yaml"))


@pytest.fixture
def files() -> frozenset[str]:
    return frozenset(path.name for path in MEDIA.iterdir())


def test_the_course_teaches_listening():
    assert parse_course(read(COURSE / "course.yaml")).skill is Skill.LISTENING


def test_the_module_goes_from_lesson_to_practice_to_quiz():
    module = parse_module(read(MODULE / "module.yaml"))

    assert module.activities == (
        "hear-the-whole-story.lesson",
        "three-bills-one-visit.scenario",
        "first-two-minutes.quiz",
    )


def test_the_lesson_has_no_finding_and_every_type_of_block(lesson, files):
    assert lint_lesson(lesson, files=files) == ()
    assert {block.type for block in lesson.blocks} == set(BlockType)


def test_the_quiz_has_no_finding_every_type_of_item_and_a_third_of_judgment(quiz, files):
    judged = [item for item in quiz.items if item.type in SITUATIONAL_JUDGEMENT]

    assert lint_quiz(quiz, files=files) == ()
    assert {item.type for item in quiz.items} == set(ItemType) - LATER_TYPES
    assert len(judged) * 3 >= len(quiz.items) >= 10


def test_the_quiz_asks_only_for_behaviors_of_its_module(quiz):
    module = parse_module(read(MODULE / "module.yaml"))

    assert {item.behaviour for item in quiz.items} <= set(module.behaviours)


def test_the_film_is_small_and_its_captions_fit_it(lesson):
    film = lesson.block("ray-and-imani")
    captions = (MEDIA / film.captions).read_text(encoding="utf-8")

    assert lint_captions(captions, film) == ()
    assert parse_captions(captions)[0].text == "[This film has no sound]"
    assert all((MEDIA / one.file).stat().st_size <= LARGEST_FILM for one in film.sources)


def test_the_drawing_brings_its_own_ground_and_no_foreign_parts():
    svg = (MEDIA / "three-parts-one-breath.svg").read_text(encoding="utf-8")

    assert 'width="800" height="620"' in svg
    assert '<rect width="800" height="620" rx="20" fill="#0f2a25"/>' in svg
    for part in ("<script", "<style", "style=", "<text", 'href="http', "data:"):
        assert part not in svg


def test_every_media_file_is_shown_or_credited(lesson, quiz, files):
    credits = (MEDIA / "CREDITS.md").read_text(encoding="utf-8")

    assert files - {"CREDITS.md"} == {*lesson.files, *quiz.files}
    assert all(
        f"`{Path(name).stem}" in credits and Path(name).suffix in credits for name in lesson.files
    )


@pytest.mark.parametrize("name", ["module", "refresher", "job-aid", "lead-guide"])
def test_the_texts_around_the_module_keep_the_voice_and_are_easy_to_read(name):
    texts = (MODULE / f"{name}.yaml").read_text(encoding="utf-8")

    assert [*voice_findings(texts, name), *reading_findings(texts, name)] == []


def test_cards_job_aid_and_guide_can_be_read():
    assert len(parse_refresher(read(MODULE / "refresher.yaml")).cards) == 3
    assert [step.title for step in parse_job_aid(read(MODULE / "job-aid.yaml")).steps] == [
        "Stop",
        "Say back",
        "Ask",
        "Check who it is",
        "Look, out loud",
        "Explain",
        "Close",
    ]
    guide = parse_lead_guide(read(MODULE / "lead-guide.yaml"))
    assert [column.behaviour for column in guide.scale] == ["AL1", "AL2"]
