"""The marking queue and its pages, and what the one who wrote it reads before and after."""

import pytest
import time_machine
from django.test import Client

from assessments.actions.marking import mark_answer
from assessments.models import AnswerMark
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.marks import FULL_MARKS, LETTER, handed_in, marked_quiz
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.factories.quizzes import marked_raw
from tests.support.quizzing import FETCHED
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

QUEUE = "/team/marking/"
SENT = {"level-facts": "2", "level-next": "1", "comment": "Say who Lena is."}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def dana(pair) -> User:
    return pair[0]


@pytest.fixture
def priya(pair) -> User:
    return pair[1]


def url_of(mark: AnswerMark) -> str:
    return f"{QUEUE}{mark.pk}/"


def results_of(client: Client, mark: AnswerMark, person: User) -> str:
    client.force_login(person)
    return html_of(client.get(f"/attempts/{mark.attempt_id}/results/"))


def test_the_queue_holds_what_waits_of_ones_own_people_the_oldest_first(
    client, priya, dana
) -> None:
    other_lead, stranger = a_pair()
    theirs = handed_in(stranger)
    quiz = marked_quiz()
    with time_machine.travel(MONDAY.replace(hour=20), tick=False):
        later = handed_in(priya, marked_quiz(), at=MONDAY.replace(hour=20))
    first = handed_in(priya, quiz)
    client.force_login(dana)

    html = html_of(client.get(QUEUE))

    assert html.index(url_of(first)) < html.index(url_of(later))
    assert url_of(theirs) not in html
    assert client.get(url_of(theirs)).status_code == 404
    assert client.post(url_of(theirs), SENT).status_code == 404
    assert "2 answers wait for your marks." in html_of(client.get("/team/"))
    client.force_login(other_lead)
    assert url_of(first) not in html_of(client.get(QUEUE))
    assert "One answer waits for your mark." in html_of(client.get("/team/"))


def test_without_anything_to_mark_the_queue_says_so(client, dana) -> None:
    client.force_login(dana)
    assert "Nothing waits for you" in html_of(client.get(QUEUE))
    assert "waits for your mark" not in html_of(client.get("/team/"))


def test_an_answer_is_marked_by_its_rubric(client, priya, dana) -> None:
    mark = handed_in(priya)
    client.force_login(dana)
    assert "One answer waits for your mark." in html_of(client.get("/team/"))
    html = html_of(client.get(url_of(mark)))
    assert "Lena looks into it by Friday." in html
    assert "Three times, and strangers opened it." in html  # an anchor

    response = client.post(url_of(mark), SENT, follow=True)

    assert "Marked." in html_of(response)
    mark.refresh_from_db()
    assert (mark.levels, mark.comment) == ({"facts": 2, "next": 1}, "Say who Lena is.")
    assert "Say who Lena is." in html_of(client.get(url_of(mark)))


@pytest.mark.parametrize(
    "sent",
    [{"level-next": ""}, {"level-facts": "7"}, {"level-facts": "x"}, {"comment": "x" * 2001}],
)
def test_what_is_missing_is_said_beside_it_and_the_rest_stays(client, priya, dana, sent) -> None:
    mark = handed_in(priya)
    client.force_login(dana)
    response = client.post(url_of(mark), SENT | {"comment": "Clear."} | sent)
    html = html_of(response)

    assert (response.status_code, "field-error" in html) == (422, True)
    assert 'name="level-facts" value="2" checked' in html or "level-facts" in sent
    assert "Clear." in html or "comment" in sent
    mark.refresh_from_db()
    assert mark.is_waiting


def test_a_second_lead_is_told_and_keeps_their_words(client, priya, dana) -> None:
    mark = handed_in(priya)
    team = dana.memberships.get().team
    other = MembershipFactory(user__name="Lee Ost", user__lead=True, team=team, is_lead=True).user
    client.force_login(dana)
    client.post(url_of(mark), SENT)
    client.force_login(other)

    response = client.post(url_of(mark), SENT | {"level-facts": "0", "comment": "My own words."})

    html = html_of(response)
    assert response.status_code == 409
    assert "Another lead marked this in the meantime." in html
    assert "My own words." in html
    assert "Say who Lena is." in html
    mark.refresh_from_db()
    assert (mark.marked_by, mark.levels["facts"]) == (dana, 2)


def test_after_a_mark_the_next_answer_of_the_same_quiz_follows(client, priya, dana) -> None:
    letter = handed_in(priya, patterns={"text": "Go on, please."})
    short = AnswerMark.objects.get(step_id="patterns")
    client.force_login(dana)

    assert client.post(url_of(letter), SENT)["Location"] == url_of(short)
    assert client.post(url_of(short), {"level-open": "2"})["Location"] == QUEUE


def test_until_then_every_page_says_that_it_waits(client, priya, dana) -> None:
    mark = handed_in(priya)
    html = results_of(client, mark, priya)

    assert "Handed in" in html
    assert html.count("Waiting for marking") == 2  # the whole, and the one answer
    assert LETTER.split("\n")[0] in html
    assert "An apology alone repairs nothing." not in html
    assert "% passes" not in html
    brief = html_of(client.get(f"/activities/{mark.attempt.activity_id}/"))
    assert "Waiting for marking" in brief
    assert "Begin" not in brief
    started = client.post(f"/activities/{mark.attempt.activity_id}/start/", follow=True)
    assert "Your last attempt waits for marking." in html_of(started)
    assert "Answers to mark" in results_of(client, mark, dana)


def test_then_the_result_holds_levels_anchors_and_words(client, priya, dana) -> None:
    mark = handed_in(priya)
    words = "Say who Lena is."
    mark_answer(mark, levels=FULL_MARKS, comment=words, by=dana, at=MONDAY)
    html = results_of(client, mark, priya)

    assert "100%" in html
    assert "Waiting for marking" not in html
    for shown in ("Marked by Dana Whitfield", words, "2 of 2", "A name, a step and a day."):
        assert shown in html
    assert "An apology alone repairs nothing." in html


def test_nothing_of_the_rubric_or_the_patterns_is_shown_before(client, priya) -> None:
    client.force_login(priya)
    quiz = marked_quiz()
    client.post(f"/activities/{quiz.pk}/start/")
    attempt = priya.attempts.get()
    secrets = [
        *(
            level["anchor"]
            for one in marked_raw()["items"][1:]
            for part in one["rubric"]
            for level in part["levels"]
        ),
        "what have I missed",
        *(one["rationale"] for one in marked_raw()["items"][1:]),
    ]
    for number, item, text in ((2, "patterns", "What did I miss?"), (3, "letter", "Dear Bea.")):
        url = f"/attempts/{attempt.pk}/quiz/{number}/"
        sent = {"seq": number - 1, "item": item, "text": text}
        pages = [client.get(url), client.post(f"{url}answer/", sent, **FETCHED), client.get(url)]
        assert pages[1].status_code == 200
        assert not any(one in html_of(page) for page in pages for one in secrets)
        assert text in html_of(pages[2])


def test_pages_cost_the_same_queries_for_any_number_of_answers(
    client, priya, dana, django_assert_num_queries
) -> None:
    quizzes = [marked_quiz() for _ in range(4)]
    marks = [handed_in(priya, quizzes[0])]
    client.force_login(dana)
    client.get(QUEUE), client.get(url_of(marks[0]))
    for quiz in (None, *quizzes[1:]):
        if quiz:
            marks.append(handed_in(priya, quiz))
        with django_assert_num_queries(3):
            client.get(QUEUE)
