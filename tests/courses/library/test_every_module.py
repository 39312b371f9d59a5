"""Every module of the curriculum, however many there are: whole, sound, and fair to play."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from courses.content.bots import PLAYERS, play
from courses.content.checks import check_content
from courses.content.course import parse_module
from courses.content.extras import parse_job_aid, parse_lead_guide, parse_refresher
from courses.content.findings import Severity
from courses.content.library import CourseFiles, read_library
from courses.content.lint_text import reading_findings, voice_findings
from courses.content.quiz import parse_quiz
from courses.content.rich_text import CleanHtml, plain
from courses.content.scenario import EndingKind, GateResult, Scenario, parse_scenario
from courses.content.skill_frame import read_frame_file

LIBRARY = Path(__file__).parents[3] / "courses/library"
# The diagnostic is no module to learn from; tests of its own look at it.
DIAGNOSTIC = LIBRARY / "start-here/where-you-stand"
MODULES = sorted({path.parent for path in LIBRARY.glob("*/*/module.yaml")} - {DIAGNOSTIC})
AROUND = {
    "refresher": parse_refresher,
    "job-aid": parse_job_aid,
    "lead-guide": parse_lead_guide,
}
FEWEST_ITEMS = 12
FEWEST_MOMENTS = 14
MARKS_OF_A_FILE = re.compile(r'>-|\|-|"')

pytestmark = pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def read_library_once() -> tuple[CourseFiles, ...]:
    return read_library(LIBRARY)


def activities(module: Path, kind: str) -> list[Any]:
    stems = parse_module(read(module / "module.yaml")).activities
    return [read(module / f"{stem}.yaml") for stem in stems if stem.endswith(f".{kind}")]


@cache
def scenarios(module: Path) -> tuple[Scenario, ...]:
    return tuple(parse_scenario(raw) for raw in activities(module, "scenario"))


def texts_in(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield plain(CleanHtml(raw))
    elif isinstance(raw, dict | list):
        for one in raw.values() if isinstance(raw, dict) else raw:
            yield from texts_in(one)


def test_lessons_come_first_then_practice_then_the_quiz(module):
    kinds = [
        stem.rpartition(".")[2] for stem in parse_module(read(module / "module.yaml")).activities
    ]

    assert kinds == sorted(kinds, key=["lesson", "scenario", "quiz"].index)
    assert set(kinds) == {"lesson", "scenario", "quiz"}


def test_no_activity_has_an_error_or_a_warning(module):
    media = frozenset(path.name for path in (module / "media").glob("*"))
    found = [
        str(one)
        for stem in parse_module(read(module / "module.yaml")).activities
        for one in check_content(
            stem.rpartition(".")[2], read(module / f"{stem}.yaml"), files=media
        )
        if one.severity is not Severity.INFO
    ]

    assert found == []


def test_what_it_shows_is_promised_and_belongs_to_the_frame(module):
    promised = set(parse_module(read(module / "module.yaml")).behaviours)
    frame = {
        one["code"] for skill in read_frame_file(LIBRARY)["skills"] for one in skill["behaviours"]
    }
    items = chain(*(parse_quiz(raw).items for raw in activities(module, "quiz")))
    shown = set(chain(*(scenario.behaviours for scenario in scenarios(module))))
    cards = parse_refresher(read(module / "refresher.yaml")).cards
    scale = parse_lead_guide(read(module / "lead-guide.yaml")).scale

    assert shown | {item.behaviour for item in items} == promised
    assert {one.behaviour for one in (*cards, *scale)} <= promised <= frame


def test_practice_is_long_and_two_people_come_with_the_same_story(module):
    for scenario in scenarios(module):
        assert len(scenario.moments) >= FEWEST_MOMENTS
        assert len(scenario.endings) >= 3
        assert len(scenario.cards) >= 2


def test_good_answers_end_well_and_safely_and_the_weakest_do_not(module):
    for scenario in scenarios(module):
        for card in scenario.cards:
            good, weak = (play(scenario, card, PLAYERS[bot]) for bot in ("best", "worst"))

            assert card.endings[good.state.moment].kind is EndingKind.GOOD
            assert {result for _gate, result in good.state.gates} <= {GateResult.MET}
            assert card.endings[weak.state.moment].kind is not EndingKind.GOOD


def test_the_quiz_is_long_enough(module):
    assert all(len(raw["items"]) >= FEWEST_ITEMS for raw in activities(module, "quiz"))


@pytest.mark.parametrize("name", ["module", *AROUND])
def test_the_texts_around_it_can_be_read_keep_the_voice_and_are_easy(module, name):
    text = (module / f"{name}.yaml").read_text(encoding="utf-8")

    assert [*voice_findings(text, name), *reading_findings(text, name)] == []
    assert AROUND.get(name, parse_module)(yaml.safe_load(text)).title


def test_every_media_file_is_shown_and_credited(module):
    if not (module / "media").exists():
        return
    credits = (module / "media/CREDITS.md").read_text(encoding="utf-8")
    shown = {
        media.name
        for course in read_library_once()
        for one in course.modules
        if one.slug == module.name
        for activity in one.activities
        for media in activity.media
    }

    assert shown == {path.name for path in (module / "media").iterdir()} - {"CREDITS.md"}
    assert all(Path(name).suffix in credits and Path(name).stem in credits for name in shown)


def test_no_text_shows_the_marks_of_its_file(module):
    texts = chain(*(texts_in(read(path)) for path in sorted(module.glob("*.yaml"))))

    assert [text for text in texts if MARKS_OF_A_FILE.search(text)] == []
