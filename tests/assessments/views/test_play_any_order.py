"""Whatever is sent to a run, in whatever order: it changes by one open answer or not at all."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.actions.scenario_runs import read_run
from assessments.queries.answers import replies_of
from courses.content.scenario_graph import replay
from courses.models import Activity
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import OWN_WORDS, begin_run, stored, typed_scenario
from tests.factories.scenarios import small_raw

pytestmark = pytest.mark.django_db

FETCHED = {"X-Requested-With": "fetch"}
TAKEN, REFUSED = {200, 204}, {409, 422}
POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "seq": st.integers(min_value=0, max_value=5),
            "moment": st.sampled_from(["hello", "check", "close", "calm", "elsewhere"]),
            "choice": st.sampled_from(["A", "B", "Z", ""]),
            "waited": st.sampled_from(["", "1"]),
            "text": st.sampled_from(["", OWN_WORDS, "नमस्ते, क्या हुआ?", "x" * 2001]),
        }
    )
    | st.just(None),  # the answer that comes next, as the page would send it
    max_size=8,
)


def waiting_scenario() -> Activity:
    """Return a published call whose patient gets uneasy if the first answer takes long."""
    raw = small_raw()
    uneasy = {"seconds": 30, "then_says": "Hello?", "effects": {"distress": 1}}
    raw["moments"][0]["think_time"] = uneasy
    return ScenarioFactory(published=raw)


@pytest.mark.parametrize("call", [ScenarioFactory, typed_scenario, waiting_scenario])
@settings(max_examples=30, deadline=None)
@given(posts=POSTS)
def test_any_sequence_of_posts_keeps_a_run_whole(call, posts) -> None:
    client, priya = Client(), PersonFactory()
    client.force_login(priya)
    attempt = begin_run(call(), priya)
    for post in posts:
        before = stored(attempt)
        sent = post or _next_answer(before)
        response = client.post(f"/attempts/{attempt.pk}/reply/", sent, headers=FETCHED)
        after = stored(attempt)
        assert response.status_code in TAKEN | REFUSED
        if response.status_code in REFUSED:
            assert response.content
            assert after == before
        added = len(after["answers"]) - len(before["answers"])
        assert added in {0, 1}
        assert (after == before) is (added == 0)
        if added:
            again = client.post(f"/attempts/{attempt.pk}/reply/", sent, headers=FETCHED)
            assert again.status_code in TAKEN
            assert stored(attempt) == after
    attempt.refresh_from_db()
    scenario, card, state = read_run(attempt)
    steps = replay(scenario, card, replies_of(attempt))
    assert [step.after for step in steps][-1:] in ([], [state])
    assert attempt.next_seq == attempt.answers.count() + 1
    assert attempt.is_open is not state.ended


def _next_answer(run) -> dict[str, object]:
    """Choose at the present moment; where words are asked for first, that is refused."""
    return {"seq": run["next_seq"], "moment": run["run_state"]["moment"], "choice": "B"}
