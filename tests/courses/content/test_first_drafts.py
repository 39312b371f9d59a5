"""First drafts: whole from the start, so that their author can preview and check them."""

import pytest

from courses.content.checks import check_content, forbids_publishing
from courses.content.first_drafts import first_draft
from courses.content.kinds import parse_content


@pytest.mark.parametrize("kind", ["lesson", "scenario", "quiz"])
def test_a_first_draft_can_be_read_and_nothing_forbids_it(kind: str):
    raw = first_draft(kind, "Let the story end", "AL1")
    assert parse_content(kind, raw).title == "Let the story end"
    assert not forbids_publishing(check_content(kind, raw, files=frozenset()))
