"""Refresher cards, job aids and guides for leads, as their files say them."""

import pytest

from courses.content.extras import (
    JobAid,
    JobAidStep,
    LeadGuide,
    Refresher,
    RefresherCard,
    ScaleColumn,
    parse_job_aid,
    parse_lead_guide,
    parse_refresher,
)
from courses.content.parsing import ContentError

CARD = {"id": "parts", "behaviour": "AL1", "front": "Name the parts.", "back": "Facts, feeling."}
STEP = {"title": "Stop", "html": "<p>Hands off the keys.</p>"}
COLUMN = {
    "behaviour": "AL1",
    "name": "Story ends",
    "low": "Speaks over.",
    "middle": "Lets finish.",
    "high": "Says back.",
    "not_observed": "No story.",
}
GUIDE = {
    "title": "Coaching",
    "listen_for": ["Whose words?"],
    "ask": ["What did you know?"],
    "avoid": ["Don’t open with a rating."],
    "scale_title": "Scale",
    "scale_intro": "One call.",
    "scale": [COLUMN],
}


def test_refresher_cards():
    raw = {"title": "Hear it", "cards": [CARD]}

    assert parse_refresher(raw) == Refresher(
        "Hear it", (RefresherCard("parts", "AL1", "Name the parts.", "Facts, feeling."),)
    )


def test_a_job_aid_has_steps_and_may_have_what_always_holds():
    step = JobAidStep("Stop", "<p>Hands off the keys.</p>")

    assert parse_job_aid({"title": "First", "steps": [STEP]}) == JobAid("First", (step,), ())
    assert parse_job_aid({"title": "First", "steps": [STEP], "always": [STEP]}) == JobAid(
        "First", (step,), (step,)
    )


def test_a_guide_for_leads():
    assert parse_lead_guide(GUIDE) == LeadGuide(
        title="Coaching",
        listen_for=("Whose words?",),
        ask=("What did you know?",),
        avoid=("Don’t open with a rating.",),
        scale_title="Scale",
        scale_intro="One call.",
        scale=(
            ScaleColumn(
                "AL1", "Story ends", "Speaks over.", "Lets finish.", "Says back.", "No story."
            ),
        ),
    )


@pytest.mark.parametrize(
    ("parse", "raw", "problems"),
    [
        (
            parse_refresher,
            {"title": "Hear it", "cards": [CARD, CARD | {"back": ""}]},
            [
                "cards[1].back: Write a text here.",
                "cards: The id “parts” is used more than once; ids must differ.",
            ],
        ),
        (parse_job_aid, {"title": "First"}, ["steps: Write a list here."]),
        (
            parse_lead_guide,
            GUIDE | {"scale": [COLUMN | {"behaviour": "tone"}], "score": 3},
            [
                "scale[0].behaviour: “tone” is not a behavior; write a code such as AL1.",
                "score: This field is not known here; check its spelling.",
            ],
        ),
    ],
)
def test_what_cannot_be_used_says_why(parse, raw, problems):
    with pytest.raises(ContentError) as caught:
        parse(raw)

    assert [str(problem) for problem in caught.value.problems] == problems
