"""A walk through the pages of the real curriculum, by script and by plain forms.

Every step of two modules that have everything in them, and a look at each activity of the others.

Templates raise on a variable that nobody gave them, so a page that opens has all of its own.
"""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Attempt, AttemptMode
from assessments.queries.quiz_taken import quiz_taken
from courses.actions.loading import load_library
from courses.content.bots import PLAYERS
from courses.content.lesson_blocks import QuickCheck, Reflection
from courses.content.scenario_graph import RunState, open_choices
from courses.content.scenario_shapes import AnswerKind
from courses.models import Activity, ActivityKind, Module
from courses.queries.content import lesson_of, scenario_of
from portal.people.models import User
from tests.factories.courses import AssignmentFactory, EnrolmentFactory
from tests.factories.curriculum import sample_of_curriculum, whole_curriculum
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}
PLAIN: dict[str, dict[str, str]] = {}
BY_SCRIPT_AND_BY_FORM = pytest.mark.parametrize("way", [FETCHED, PLAIN], ids=["fetch", "plain"])


class _Ids(HTMLParser):
    """Collects the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id" and value]


@pytest.fixture(autouse=True)
def curriculum(settings, tmp_path_factory) -> None:
    """The sample of the real library, loaded."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    load_library(sample_of_curriculum(), by=None, at=MONDAY)


@pytest.fixture
def all_of_it(curriculum) -> None:
    """The whole of the real library, loaded."""
    load_library(whole_curriculum(), by=None, at=MONDAY)


@pytest.fixture
def priya(client: Client) -> User:
    """An agent with everything assigned to them, signed in."""
    person = MembershipFactory(user__name="Priya Raman").user
    for module in Module.objects.all():
        assignment = AssignmentFactory(module=module, note="Before the fair.")
        EnrolmentFactory(user=person, module=module, assignment=assignment)
    client.force_login(person)
    return person


def open_page(client: Client, url: str) -> str:
    """Open a page as a reader does, and return its HTML."""
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return checked(response)


def checked(response: HttpResponse) -> str:
    """Return the HTML of an answer in which no id stands twice."""
    html = response.content.decode()
    ids = _Ids()
    ids.feed(html)
    assert sorted(ids.found) == sorted(set(ids.found))
    return html


def of_kind(kind: ActivityKind) -> Iterator[Activity]:
    activities = Activity.objects.filter(kind=kind).select_related("module__course")
    return activities.select_related("live_revision").iterator()


def url_of(activity: Activity) -> str:
    module = activity.module
    return f"/courses/{module.course.slug}/{module.slug}/{activity.slug}/"


def pages_around(activity: Activity) -> list[str]:
    module = activity.module
    return ["/learning/", "/library/", f"/courses/{module.course.slug}/{module.slug}/"]


# Lessons


@BY_SCRIPT_AND_BY_FORM
def test_every_lesson_can_be_read_and_answered_to_its_end(client, priya, way) -> None:
    for lesson in of_kind(ActivityKind.LESSON):
        open_page(client, url_of(lesson))
        for block in lesson_of(lesson.live_revision).blocks:
            for sent in _answers_to(block):
                url = f"/lessons/{lesson.pk}/blocks/{block.id}/"
                response = client.post(url, sent, **way)
                assert response.status_code in (200, 302, 422)
                checked(response)
            client.post(f"/lessons/{lesson.pk}/place/", {"place": block.id}, **way)
            open_page(client, url_of(lesson))
        client.post(f"/lessons/{lesson.pk}/finish/")
        for url in (url_of(lesson), *pages_around(lesson)):
            open_page(client, url)


def _answers_to(block: object) -> list[dict[str, str]]:
    if isinstance(block, Reflection):
        return [{"text": "In my own words."}, {"text": "x" * 4001}]
    if isinstance(block, QuickCheck):
        return [{"option_id": one.id} for one in block.options] + [{"option_id": "Z"}]
    return []


# Calls


@BY_SCRIPT_AND_BY_FORM
@pytest.mark.parametrize(
    ("mode", "bot"),
    [
        (AttemptMode.GUIDED, "best"),
        (AttemptMode.GUIDED, "fastest"),
        (AttemptMode.PRACTICE, "kindest"),
        (AttemptMode.ASSESSED, "worst"),
    ],
)
def test_every_call_can_be_played_to_its_end(client, priya, mode, bot, way) -> None:
    for call in of_kind(ActivityKind.SCENARIO):
        for card in scenario_of(call.live_revision).cards:
            open_page(client, f"/activities/{call.pk}/")
            client.post(f"/activities/{call.pk}/start/", {"mode": mode, "card": card.id})
            attempt = Attempt.objects.get(activity=call, state="open")
            _play(client, attempt, PLAYERS[bot], way)
            html = open_page(client, f"/attempts/{attempt.pk}/debrief/")
            assert card.name in html
            for url in (f"/activities/{call.pk}/", *pages_around(call)):
                open_page(client, url)


def _play(client: Client, attempt: Attempt, player: Callable, way: dict) -> None:
    """Answer through the forms of the page until the call ends."""
    card = scenario_of(attempt.revision).card(attempt.card)
    url = f"/attempts/{attempt.pk}/reply/"
    while attempt.is_open:
        open_page(client, f"/attempts/{attempt.pk}/call/")
        state = RunState.from_json(attempt.run_state)
        sent = {"seq": attempt.next_seq, "moment": state.moment}
        assert checked(client.post(url, sent, **way))
        if card.moments[state.moment].answer is AnswerKind.TYPED:
            too_long = client.post(url, sent | {"text": "x" * 2001}, **way)
            assert "x" * 2001 in checked(too_long)
            checked(client.post(url, sent | {"text": "I would ask about the page."}, **way))
            open_page(client, f"/attempts/{attempt.pk}/call/")
            sent["seq"] += 1
        choice = player(open_choices(card, state)).id
        response = client.post(url, sent | {"choice": choice}, **way)
        assert response.status_code in (200, 204, 302)
        checked(response)
        attempt.refresh_from_db()


def test_a_lead_can_look_back_on_every_assessed_call(client, priya) -> None:
    lead = MembershipFactory(
        user__roles=["lead"], team=priya.memberships.get().team, is_lead=True
    ).user
    for call in of_kind(ActivityKind.SCENARIO):
        card = scenario_of(call.live_revision).cards[0]
        client.force_login(priya)
        client.post(f"/activities/{call.pk}/start/", {"mode": "assessed", "card": card.id})
        attempt = Attempt.objects.get(activity=call)
        _play(client, attempt, PLAYERS["best"], FETCHED)
        client.force_login(lead)
        assert "Priya Raman" in open_page(client, f"/attempts/{attempt.pk}/debrief/")


# Quizzes


@BY_SCRIPT_AND_BY_FORM
@pytest.mark.parametrize("answered", ["none", "half", "all"])
def test_every_quiz_can_be_taken_to_its_result(client, priya, answered: str, way) -> None:
    for quiz in of_kind(ActivityKind.QUIZ):
        open_page(client, f"/activities/{quiz.pk}/")
        client.post(f"/activities/{quiz.pk}/start/")
        attempt = Attempt.objects.get(activity=quiz, state="open")
        questions = quiz_taken(attempt).asked(attempt.seed)
        for number, question in enumerate(questions, start=1):
            page = f"/attempts/{attempt.pk}/quiz/{number}/"
            open_page(client, page)
            sent = {"seq": Attempt.objects.get(pk=attempt.pk).next_seq, "item": question.id}
            checked(client.post(f"{page}answer/", sent, **way))
            if answered == "all" or (answered == "half" and number % 2):
                response = client.post(f"{page}answer/", sent | _answer_to(question), **way)
                assert response.status_code in (200, 302)
                checked(response)
            open_page(client, page)
        open_page(client, f"/attempts/{attempt.pk}/quiz/")
        client.post(f"/attempts/{attempt.pk}/finish/")
        open_page(client, f"/attempts/{attempt.pk}/results/")
        for url in (f"/activities/{quiz.pk}/", *pages_around(quiz)):
            open_page(client, url)


def _answer_to(question) -> dict[str, object]:
    first, second, *_ = [*(one.id for one in question.options), "", ""]
    return {
        "option": first,
        "options": [first],
        "order": [one.id for one in question.options],
        "best": first,
        "worst": second,
        "text": "I hear you.",
        **{f"rating-{one.id}": str(n % 5 + 1) for n, one in enumerate(question.options)},
    }


# Content


def test_authors_can_read_everything(client) -> None:
    client.force_login(PersonFactory(author=True))
    open_page(client, "/content/")
    for activity in Activity.objects.all():
        open_page(client, f"/content/activities/{activity.pk}/")
        open_page(client, f"/content/activities/{activity.pk}/revisions/1/")


@pytest.mark.usefixtures("all_of_it")
def test_every_lesson_opens_and_every_media_file_in_it_is_sent(client, priya) -> None:
    for lesson in of_kind(ActivityKind.LESSON):
        html = open_page(client, url_of(lesson))
        shown = {part.partition('"')[0] for part in html.split('="/media/')[1:]}
        assert len(shown) == len(set(lesson.live_revision.media))
        for url in shown:
            response = client.get(f"/media/{url}")
            assert (response.status_code, len(response.getvalue()) > 0) == (200, True)


@pytest.mark.usefixtures("all_of_it")
def test_every_call_begins(client, priya) -> None:
    for call in of_kind(ActivityKind.SCENARIO):
        card = scenario_of(call.live_revision).cards[-1]
        client.post(f"/activities/{call.pk}/start/", {"mode": "practice", "card": card.id})
        attempt = Attempt.objects.get(activity=call)
        assert card.name in open_page(client, f"/attempts/{attempt.pk}/call/")


@pytest.mark.usefixtures("all_of_it")
def test_every_quiz_begins(client, priya) -> None:
    for quiz in of_kind(ActivityKind.QUIZ):
        client.post(f"/activities/{quiz.pk}/start/")
        attempt = Attempt.objects.get(activity=quiz)
        open_page(client, f"/attempts/{attempt.pk}/quiz/1/")
