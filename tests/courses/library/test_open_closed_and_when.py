"""The module Open, closed, and when, as its files hold it: played, walked, without a finding."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from courses.content.bots import best, play_all
from courses.content.checks import check_content
from courses.content.course import parse_module
from courses.content.extras import parse_job_aid, parse_lead_guide, parse_refresher
from courses.content.findings import Severity
from courses.content.lint_text import reading_findings, voice_findings
from courses.content.quiz import parse_quiz
from courses.content.quiz_items import SITUATIONAL_JUDGEMENT, ItemType
from courses.content.scenario import Scenario, parse_scenario
from courses.content.scenario_walk import walk
from tests.factories.curriculum import LATER_TYPES

MODULE = Path(__file__).parents[3] / "courses/library/active-listening/open-closed-and-when"
ACTIVITIES = (
    "start-open.lesson",
    "when-closed-is-kind.lesson",
    "locked-out-again.scenario",
    "which-question-now.quiz",
)
CARDS = ["abara", "inez"]


def read(name: str) -> Any:
    return yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return parse_scenario(read("locked-out-again.scenario"))


def test_the_module_goes_from_two_lessons_to_practice_to_quiz():
    assert parse_module(read("module")).activities == ACTIVITIES


@pytest.mark.parametrize("name", ACTIVITIES)
def test_no_activity_has_an_error_or_a_warning(name):
    findings = check_content(name.partition(".")[2], read(name), files=frozenset())

    assert [one for one in findings if one.severity is not Severity.INFO] == []


def test_the_chat_is_long_and_its_best_replies_stand_in_all_four_places(scenario):
    places = {moment.choices.index(best(moment.choices)) for moment in scenario.moments}

    assert (len(scenario.moments), len(scenario.endings)) == (22, 4)
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize("card_id", CARDS)
def test_every_moment_and_ending_is_reached_whoever_asks(scenario, card_id):
    card = scenario.card(card_id)
    walked = walk(scenario, card)

    assert walked.is_complete
    assert {moment.path for moment in card.moments.values()} <= walked.used
    assert {ending.path for ending in card.endings.values()} <= walked.used
    assert (walked.fewest_choices, walked.most_choices) == (2, 21)


@pytest.mark.parametrize("card_id", CARDS)
def test_kindness_alone_leaves_the_gates_missed_and_haste_loses_the_caller(scenario, card_id):
    runs = play_all(scenario, scenario.card(card_id))

    assert {run.bot: (run.state.moment, len(run.choices)) for run in runs} == {
        "best": ("E-in", 16),
        "worst": ("E-gone", 2),
        "kindest": ("E-unsafe", 18),
        "fastest": ("E-gone", 2),
    }


def test_the_quiz_has_every_type_of_item_and_asks_only_for_behaviors_of_its_module():
    items = parse_quiz(read("which-question-now.quiz")).items

    assert len(items) == 14
    assert {item.type for item in items} == set(ItemType) - LATER_TYPES
    assert sum(item.type in SITUATIONAL_JUDGEMENT for item in items) == 5
    assert {item.behaviour for item in items} <= set(parse_module(read("module")).behaviours)


def test_the_practice_chat_shows_only_behaviors_of_its_module(scenario):
    assert set(scenario.behaviours) <= set(parse_module(read("module")).behaviours)


@pytest.mark.parametrize("name", ["module", "refresher", "job-aid", "lead-guide"])
def test_the_texts_around_the_module_keep_the_voice_and_are_easy_to_read(name):
    texts = (MODULE / f"{name}.yaml").read_text(encoding="utf-8")

    assert [*voice_findings(texts, name), *reading_findings(texts, name)] == []


def test_cards_job_aid_and_guide_can_be_read():
    assert len(parse_refresher(read("refresher")).cards) == 3
    assert len(parse_job_aid(read("job-aid")).steps) == 7
    guide = parse_lead_guide(read("lead-guide"))
    assert [column.behaviour for column in guide.scale] == ["AL3", "EC1"]
