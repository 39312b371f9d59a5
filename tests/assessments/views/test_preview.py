"""Trying out drafts of quizzes and scenarios: as learners meet them, and nothing is kept."""

import pytest
from django.test import Client

from assessments.models import Attempt
from courses.actions.drafting import save_draft
from courses.models import Activity
from courses.queries.content import quiz_of, scenario_of
from portal.people.models import User
from tests.factories.courses import QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(client: Client) -> User:
    person = PersonFactory(author=True)
    client.force_login(person)
    return person


def at(activity: Activity, rest: str = "") -> str:
    return f"/content/activities/{activity.pk}/preview/{activity.kind}/{rest}"


def test_every_question_of_the_bank_can_be_tried(mei, client: Client):
    quiz = QuizFactory()
    items = quiz_of(quiz.live_revision).items
    for number, item in enumerate(items, 1):
        page = html_of(client.get(at(quiz, f"{number}/")))
        assert item.prompt in page
        assert item.explained().rationale not in page
    assert client.get(at(quiz, f"{len(items) + 1}/")).status_code == 404


def test_an_answer_shows_what_it_teaches_and_is_not_kept(mei, client: Client):
    quiz = QuizFactory()
    items = quiz_of(quiz.live_revision).items
    number, item = next((n, one) for n, one in enumerate(items, 1) if one.type == "single_choice")
    sent = {"item": item.id, "option": item.options[0].shown.id}
    assert item.explained().rationale in html_of(client.post(at(quiz, f"{number}/"), sent))
    assert not Attempt.objects.exists()


def test_no_answer_says_what_is_missing(mei, client: Client):
    page = client.post(at(QuizFactory(), "1/"), {})
    assert page.status_code == 422
    assert "field-error" in page.content.decode()


def test_a_draft_scenario_is_played_reply_by_reply_and_taken_back(mei, client: Client):
    scenario = ScenarioFactory()
    raw = scenario.live_revision.content
    save_draft(scenario, {**raw, "title": "A clearer title"}, version=0, by=mei, at=MONDAY)
    page = client.get(at(scenario))
    assert "A clearer title" in html_of(page)
    run = page.context["run"]
    first = run.choices[0]
    page = client.post(at(scenario), {"card": run.card.id, "choice": first.id})
    run = page.context["run"]
    assert run.made == (first.id,)
    assert first.text in html_of(page)
    second = run.choices[-1]
    sent = {"card": run.card.id, "so_far": " ".join(run.made)}
    assert client.post(at(scenario), {**sent, "choice": second.id}).context["run"].made == (
        first.id,
        second.id,
    )
    assert client.post(at(scenario), {**sent, "back": "1"}).context["run"].made == ()
    assert not Attempt.objects.exists()


def test_it_can_begin_at_any_moment_with_the_patient_in_any_mood(mei, client: Client):
    scenario = ScenarioFactory()
    moment = scenario_of(scenario.live_revision).moments[2]
    wanted = {"moment": moment.id, "trust": 0, "distress": 9, "understanding": 1}
    state = client.get(at(scenario), wanted).context["run"].state
    assert (state.moment, state.trust, state.distress, state.understanding) == (moment.id, 0, 4, 1)


def test_it_ends_with_what_it_means_for_the_patient(mei, client: Client):
    scenario = ScenarioFactory()
    run, made = client.get(at(scenario)).context["run"], []
    while run.ending is None:
        made = [*run.made, run.choices[0].id]
        sent = {"card": run.card.id, "so_far": " ".join(run.made), "choice": made[-1]}
        page = client.post(at(scenario), sent)
        run = page.context["run"]
    assert run.ending.title in html_of(page)


@pytest.mark.parametrize(
    "sent", [{"so_far": "no-such choice"}, {"choice": "x" * 500}, {"card": "?"}]
)
def test_nonsense_starts_from_the_beginning(mei, client: Client, sent):
    page = client.post(at(ScenarioFactory()), sent)
    assert (page.status_code, page.context["run"].made) == (200, ())


def test_the_previews_take_few_queries(mei, client: Client, django_assert_num_queries):
    for activity in (QuizFactory(), ScenarioFactory()):
        client.get(at(activity))
        with django_assert_num_queries(2):
            client.get(at(activity))
