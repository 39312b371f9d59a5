"""Whatever is sent to a run, in whatever order: it changes by one open answer or not at all."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.actions.scenario_runs import read_run
from assessments.queries.answers import choices_of
from courses.content.scenario_graph import replay
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, stored

pytestmark = pytest.mark.django_db

FETCHED = {"X-Requested-With": "fetch"}
TAKEN, REFUSED = {200, 204}, {409, 422}
POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "seq": st.integers(min_value=0, max_value=5),
            "moment": st.sampled_from(["hello", "check", "close", "calm", "elsewhere"]),
            "choice": st.sampled_from(["A", "B", "Z", ""]),
        }
    )
    | st.just(None),  # the answer that comes next, as the page would send it
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(posts=POSTS)
def test_any_sequence_of_posts_keeps_a_run_whole(posts) -> None:
    client, priya = Client(), PersonFactory()
    client.force_login(priya)
    attempt = begin_run(ScenarioFactory(), priya)
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
    attempt.refresh_from_db()
    scenario, card, state = read_run(attempt)
    steps = replay(scenario, card, choices_of(attempt))
    assert [step.after for step in steps][-1:] in ([], [state])
    assert attempt.next_seq == len(steps) + 1
    assert attempt.is_open is not state.ended


def _next_answer(run) -> dict[str, object]:
    return {"seq": run["next_seq"], "moment": run["run_state"]["moment"], "choice": "B"}
