"""The curriculum's folder is read as a whole, or every problem in it is named with its place."""

import hashlib
from pathlib import Path

import pytest

from courses.content.library import MediaSource, read_library
from courses.content.parsing import ContentError
from tests.factories.contents import quiz_raw
from tests.factories.folders import (
    MODULE,
    PIXEL,
    lesson_with_picture,
    write_library,
    write_media,
    write_module,
    write_yaml,
)

LIBRARY = Path(__file__).resolve().parents[3] / "courses/library"


def problems_in(root: Path) -> list[str]:
    with pytest.raises(ContentError) as found:
        read_library(root)
    return [str(problem) for problem in found.value.problems]


def test_a_course_is_read_with_its_modules_and_activities(tmp_path: Path) -> None:
    [course] = read_library(write_library(tmp_path))
    [module] = course.modules
    lesson, quiz = module.activities

    assert (course.slug, course.text.title) == ("first-course", "The first course")
    assert (module.slug, module.text.behaviours) == ("first-module", ("AL1", "AL2"))
    assert (lesson.slug, lesson.kind, lesson.raw) == ("a-lesson", "lesson", lesson_with_picture())
    assert (quiz.slug, quiz.kind, quiz.raw, quiz.media) == ("a-quiz", "quiz", quiz_raw(), ())


def test_media_come_with_type_and_hash_and_only_where_they_are_shown(tmp_path: Path) -> None:
    write_library(tmp_path)
    write_media(tmp_path, MODULE, "unused.png", b"not shown")
    write_media(tmp_path, MODULE, "CREDITS.md", b"who made them")

    [course] = read_library(tmp_path)

    assert course.modules[0].activities[0].media == (
        MediaSource(
            name="cover.png",
            path=tmp_path / MODULE / "media/cover.png",
            mime_type="image/png",
            sha256=hashlib.sha256(PIXEL).hexdigest(),
        ),
    )


def test_courses_and_modules_stand_in_the_order_of_their_positions(tmp_path: Path) -> None:
    write_library(tmp_path)
    write_module(tmp_path, "first-course/a-later-one", position=3)
    write_module(tmp_path, "first-course/z-earlier-one", position=2)
    course = {"title": "Zero", "summary": "Before it.", "skill": "empathy", "position": 2}
    write_yaml(tmp_path / "another/course.yaml", course)

    courses = read_library(tmp_path)

    assert [one.slug for one in courses] == ["first-course", "another"]
    modules = [module.slug for module in courses[0].modules]
    assert modules == ["first-module", "z-earlier-one", "a-later-one"]


def test_activities_stand_in_the_order_of_the_module_not_of_the_alphabet(tmp_path: Path) -> None:
    write_library(tmp_path)
    write_module(tmp_path, MODULE, activities=["a-quiz.quiz", "a-lesson.lesson"])
    [course] = read_library(tmp_path)
    assert [one.slug for one in course.modules[0].activities] == ["a-quiz", "a-lesson"]


def test_a_folder_without_courses_has_none(tmp_path: Path) -> None:
    assert read_library(tmp_path) == ()


def test_every_problem_is_named_with_its_file_and_place(tmp_path: Path) -> None:
    write_library(tmp_path)
    write_yaml(tmp_path / "first-course/course.yaml", {"title": "The first course"})
    write_yaml(tmp_path / MODULE / "a-lesson.lesson.yaml", lesson_with_picture("lost.png"))
    (tmp_path / MODULE / "a-quiz.quiz.yaml").unlink()

    folder = tmp_path.name
    assert problems_in(tmp_path) == [
        f"{folder}/first-course/course.yaml: summary: Write a text here.",
        f"{folder}/first-course/course.yaml: skill: Choose one of:"
        " listening, communication, empathy, problem, eq.",
        f"{folder}/first-course/course.yaml: position: Write a whole number from 0 to 999.",
        f"{MODULE}/a-lesson.lesson.yaml: The media file “lost.png” is missing.",
        f"{MODULE}/a-quiz.quiz.yaml: This file is missing.",
    ]


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    write_library(tmp_path)
    (tmp_path / MODULE / "a-quiz.quiz.yaml").write_text("title: [\n")
    [problem] = problems_in(tmp_path)
    assert problem.startswith(f"{MODULE}/a-quiz.quiz.yaml: This is not readable as YAML: ")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    write_library(tmp_path)
    (tmp_path / MODULE / "a-quiz.quiz.yaml").write_bytes("title: Café".encode("latin-1"))
    assert problems_in(tmp_path) == [
        f"{MODULE}/a-quiz.quiz.yaml: Save this file as UTF-8; it is in another encoding."
    ]


@pytest.mark.parametrize("text", ["", "just a sentence", "- a\n- list\n"])
def test_a_file_that_holds_no_fields_is_named(tmp_path: Path, text: str) -> None:
    write_library(tmp_path)
    (tmp_path / MODULE / "a-quiz.quiz.yaml").write_text(text)
    assert problems_in(tmp_path)[0] == f"{MODULE}/a-quiz.quiz.yaml: Write named fields here."


def test_a_media_file_of_a_type_no_page_shows_counts_as_missing(tmp_path: Path) -> None:
    write_library(tmp_path)
    (tmp_path / MODULE / "media/cover.png").rename(tmp_path / MODULE / "media/cover.bmp")
    assert problems_in(tmp_path) == [
        f"{MODULE}/a-lesson.lesson.yaml: The media file “cover.png” is missing."
    ]


def test_the_real_curriculum_can_be_read() -> None:
    courses = read_library(LIBRARY)
    activities = [
        f"{course.slug}/{module.slug}/{one.slug}.{one.kind}"
        for course in courses
        for module in course.modules
        for one in module.activities
    ]
    folder = "active-listening/hear-the-whole-story-first"
    assert activities[:4] == [
        "start-here/where-you-stand/fifteen-moments.quiz",
        f"{folder}/hear-the-whole-story.lesson",
        f"{folder}/three-bills-one-visit.scenario",
        f"{folder}/first-two-minutes.quiz",
    ]


def test_a_quiz_takes_over_a_question_of_another_one_by_its_address(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    write_module(root, "first-course/second-module", position=2)
    first, second = quiz_raw()["items"]
    address = f"{MODULE}/a-quiz#first"
    path = root / "first-course/second-module/a-quiz.quiz.yaml"
    write_yaml(path, quiz_raw(items=[{"use": address}, second]))

    [course] = read_library(root)
    raw = course.modules[1].activities[1].raw
    assert raw["items"] == [first | {"origin": address}, second]

    write_yaml(path, quiz_raw(items=[{"use": f"{MODULE}/../a-quiz#first"}, second]))
    [problem] = problems_in(root)
    assert "items[0].use: There is no question" in problem
