"""The skill frame: its versions are published once and never change."""

from datetime import timedelta

import pytest
from django.conf import settings

from courses.actions.framing import FrameWasPublished, frame_in_force, publish_frame
from courses.content.skill_frame import read_frame_file
from courses.models import SkillFrameVersion
from courses.queries.frame import current_frame
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def raw():
    return read_frame_file(settings.LIBRARY_ROOT)


def test_before_the_first_version_the_one_that_ships_holds(raw):
    assert current_frame().version == raw["version"]
    assert frame_in_force(at=MONDAY).content == raw


def test_publishing_the_same_words_again_changes_nothing(raw):
    first = publish_frame(raw, at=MONDAY)

    assert publish_frame(raw, at=MONDAY + timedelta(days=1)) == first
    assert SkillFrameVersion.objects.get().published_at == MONDAY


def test_other_words_need_another_number(raw):
    publish_frame(raw, at=MONDAY)
    raw["skills"][0]["summary"] = "Something else."

    with pytest.raises(FrameWasPublished, match="Give the new text the next number"):
        publish_frame(raw, at=MONDAY)


def test_the_newest_version_is_in_force(raw):
    publish_frame(raw, at=MONDAY)
    publish_frame(raw | {"version": 7}, at=MONDAY)

    assert frame_in_force(at=MONDAY).number == 7
    assert current_frame().version == 7
