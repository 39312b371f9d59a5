"""`manage.py library` checks the curriculum's files, and publishes them only when all are good."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.models import Course
from tests.factories.contents import quiz_raw
from tests.factories.folders import MODULE, write_library, write_module, write_yaml
from tests.factories.scenarios import small_raw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(tmp_path_factory, settings) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


def library(action: str, folder: Path) -> str:
    said = StringIO()
    call_command("library", action, folder=folder, stdout=said)
    return said.getvalue()


def test_checking_counts_and_changes_nothing(tmp_path: Path) -> None:
    said = library("check", write_library(tmp_path))
    assert said.startswith("1 course, 1 module: 1 lesson, 1 quiz.\n")
    assert "a-quiz: warning: items: Write at least 8 items; here are 2. [few-items]" in said
    assert not Course.objects.exists()


def test_checking_says_where_the_bots_and_chance_end(tmp_path: Path) -> None:
    folder = write_library(tmp_path)
    write_module(folder, MODULE, activities=["a-call.scenario"])
    write_yaml(folder / MODULE / "a-call.scenario.yaml", small_raw())
    for unlisted in ("a-lesson.lesson", "a-quiz.quiz"):
        (folder / MODULE / f"{unlisted}.yaml").unlink()
    said = library("check", folder)
    assert "best at calm, worst at lost, kindest at lost, fastest at lost" in said
    assert "of 200 random runs (seed 7): " in said
    assert "The best reply found by its form alone, in " in said


def test_loading_says_how_much_was_published(tmp_path: Path) -> None:
    folder = write_library(tmp_path)
    counts = "1 course, 1 module: 1 lesson, 1 quiz.\n"
    assert library("load", folder) == counts + "2 of 2 activities published.\n"
    assert library("load", folder) == counts + "0 of 2 activities published.\n"


def test_what_is_dumped_can_be_loaded_again_and_changes_nothing(tmp_path: Path) -> None:
    library("load", write_library(tmp_path / "in"))
    assert library("dump", tmp_path / "out") == f"1 course written to {tmp_path / 'out'}.\n"
    assert library("load", tmp_path / "out").endswith("0 of 2 activities published.\n")


def test_a_dump_never_writes_over_what_is_there(tmp_path: Path) -> None:
    folder = write_library(tmp_path)
    with pytest.raises(CommandError, match="an empty or a new folder"):
        library("dump", folder)


@pytest.mark.parametrize("action", ["check", "load"])
def test_what_the_checks_call_an_error_is_not_published(tmp_path: Path, action: str) -> None:
    folder = write_library(tmp_path)
    raw = quiz_raw()
    raw["items"][0]["options"][0]["id"] = "correct"
    write_yaml(folder / MODULE / "a-quiz.quiz.yaml", raw)
    with pytest.raises(CommandError, match=r"a-quiz: error: .* \[telling-id\]"):
        library(action, folder)
    assert not Course.objects.exists()


@pytest.mark.parametrize("action", ["check", "load"])
def test_a_broken_file_stops_everything_and_is_named(tmp_path: Path, action: str) -> None:
    folder = write_library(tmp_path)
    write_yaml(folder / MODULE / "a-quiz.quiz.yaml", quiz_raw(pass_mark=101))
    with pytest.raises(CommandError) as refused:
        library(action, folder)
    assert str(refused.value) == (
        "Nothing was changed.\n"
        f"{MODULE}/a-quiz.quiz.yaml: pass_mark: Write a whole number from 0 to 100."
    )
    assert not Course.objects.exists()
