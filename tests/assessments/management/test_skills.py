"""`manage.py skills`: says what it found, and stops a release when estimates differ."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import AttemptMode, SkillEstimate
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def run():
    return finished_run(ScenarioFactory(), PersonFactory(), mode=AttemptMode.ASSESSED)


def said(action: str) -> str:
    call_command("skills", action, stdout=(out := StringIO()))
    return out.getvalue().strip()


def test_estimates_that_follow_from_their_evidence_pass():
    assert said("check") == "Every estimate follows from its evidence."


def test_estimates_that_differ_are_found_and_mended():
    SkillEstimate.objects.update(mean=0.1)

    with pytest.raises(CommandError, match="2 estimates differ"):
        said("check")
    assert said("recompute") == "2 estimates brought in line with their evidence."
    assert said("recompute") == "0 estimates brought in line with their evidence."


def test_backfill_finds_nothing_where_all_is_written_down():
    assert said("backfill") == "0 attempts gave evidence."
