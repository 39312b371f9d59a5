"""A curriculum's folder to test with, as authors keep it."""

from pathlib import Path
from typing import Any

import yaml

from tests.factories.contents import lesson_raw, quiz_raw

PIXEL = b"\x89PNG\r\n\x1a\n the bytes of a picture"
MODULE = "first-course/first-module"


def write_library(root: Path) -> Path:
    """Write a course with one module of a lesson, which shows a picture, and a quiz."""
    write_yaml(
        root / "first-course/course.yaml",
        {
            "title": "The first course",
            "summary": "What it is about.",
            "skill": "listening",
            "position": 1,
        },
    )
    write_module(root, MODULE)
    return root


def write_module(root: Path, folder: str, **fields: Any) -> None:
    """Write a module's folder; `fields` replace some of `module.yaml`."""
    text = {
        "title": "The first module",
        "objective": "Let the caller finish.",
        "summary": "A lesson and a quiz.",
        "behaviours": ["AL1", "AL2"],
        "minutes": 10,
        "position": 1,
        "activities": ["a-lesson.lesson", "a-quiz.quiz"],
    }
    write_yaml(root / folder / "module.yaml", text | fields)
    write_yaml(root / folder / "a-lesson.lesson.yaml", lesson_with_picture())
    write_yaml(root / folder / "a-quiz.quiz.yaml", quiz_raw())
    write_media(root, folder, "cover.png", PIXEL)


def lesson_with_picture(file: str = "cover.png") -> dict[str, Any]:
    """Return a lesson that shows one picture."""
    picture = {"id": "cover", "type": "image", "file": file, "alt": "A cover."}
    size = {"width": 10, "height": 10}
    return lesson_raw(blocks=[*lesson_raw()["blocks"], picture | size])


def write_media(root: Path, folder: str, name: str, content: bytes) -> None:
    """Put a file next to the activities that show it."""
    path = root / folder / "media" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_yaml(path: Path, raw: Any) -> None:
    """Write plain values as an author would have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
