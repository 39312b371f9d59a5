"""Who sees what of a quiz: secrets stay on the server, attempts with their person; and the cost."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Attempt
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.quizzes import RIGHT, TYPES, WRONG, every_type_raw, secrets_of
from tests.factories.runs import stored
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


def begin(client: Client, quiz: Activity) -> Attempt:
    client.post(f"/activities/{quiz.pk}/start/")
    return Attempt.objects.get(activity=quiz, state="open")


def url_of(attempt: Attempt, page: str = "quiz") -> str:
    return f"/attempts/{attempt.pk}/{page}/"


def answer(client: Client, attempt: Attempt, item_id: str, **sent: Any) -> HttpResponse:
    seq = Attempt.objects.get(pk=attempt.pk).next_seq
    url = url_of(attempt, f"quiz/{TYPES.index(item_id) + 1}/answer")
    return client.post(url, {"seq": seq, "item": item_id} | sent, **FETCHED)


def finish(client: Client, attempt: Attempt) -> None:
    client.post(url_of(attempt, "finish"))


# Nothing is told before its time


def crawl(client: Client, attempt: Attempt) -> str:
    """Open every page an agent can reach from an open attempt, and return all they say."""
    start = [f"/activities/{attempt.activity_id}/", url_of(attempt), "/learning/", "/library/"]
    start += [url_of(attempt, f"quiz/{number}") for number in range(1, 9)]
    start += [url_of(attempt, "results"), url_of(attempt, "debrief"), url_of(attempt, "call")]
    waiting, seen, said = start, set(), []
    while waiting:
        url = waiting.pop()
        if url in seen or "logout" in url or url.startswith("/accounts/"):
            continue
        seen.add(url)
        for extra in ({}, FETCHED):
            response = client.get(url, follow=True, **extra)
            text = response.content.decode() if not response.streaming else ""
            said += [text, str(response.headers)]
            waiting += re.findall(r'href="(/[^"#?]*)"', text)
    return "\n".join(said)


def secrets_in(text: str) -> set[str]:
    return {one for item_id in TYPES for one in secrets_of(item_id) if one in text}


@pytest.mark.parametrize("feedback", ["per_question", "at_end"])
def test_no_page_of_an_open_quiz_tells_a_secret(client, priya, feedback: str) -> None:
    attempt = begin(client, QuizFactory(published=every_type_raw(feedback=feedback)))
    assert secrets_in(crawl(client, attempt)) == set()


def test_refusals_tell_no_secret(client, priya) -> None:
    attempt = begin(client, QuizFactory(published=every_type_raw()))
    said = ""
    for item_id in TYPES:
        for sent in ({}, {"seq": 99, **RIGHT[item_id]}, {"seq": 0}):
            said += answer(client, attempt, item_id, **sent).content.decode()
    assert secrets_in(said) == set()


@pytest.mark.parametrize("item_id", TYPES)
def test_an_answer_tells_the_secrets_of_its_own_question_only(client, priya, item_id) -> None:
    attempt = begin(client, QuizFactory(published=every_type_raw()))
    response = answer(client, attempt, item_id, **WRONG[item_id])
    own = set(secrets_of(item_id)) - {f"CANARY-{item_id}-TITLE"}
    assert secrets_in(response.content.decode()) == own
    assert secrets_in(crawl(client, attempt)) == own


def test_while_feedback_waits_answers_tell_nothing_until_the_end(client, priya) -> None:
    attempt = begin(client, QuizFactory(published=every_type_raw(feedback="at_end")))
    said = "".join(
        str(answer(client, attempt, item_id, **sent[item_id]).serialize())
        for item_id in TYPES
        for sent in (WRONG, RIGHT)
    )
    assert secrets_in(said + crawl(client, attempt)) == set()
    finish(client, attempt)
    html = html_of(client.get(url_of(attempt, "results")))
    assert {f"CANARY-{one}-RATIONALE" for one in TYPES} <= secrets_in(html)


def test_a_new_attempt_tells_nothing_of_the_one_before(client, priya) -> None:
    quiz = QuizFactory(published=every_type_raw())
    first = begin(client, quiz)
    answer(client, first, "single-choice", **WRONG["single-choice"])
    finish(client, first)
    second = begin(client, quiz)
    for number in range(1, 9):
        html = client.get(url_of(second, f"quiz/{number}")).content.decode()
        assert secrets_in(html) == set()


def test_an_earlier_result_teaches_nothing_while_the_quiz_is_open_again(client, priya) -> None:
    quiz = QuizFactory(published=every_type_raw())
    first = begin(client, quiz)
    answer(client, first, "single-choice", **WRONG["single-choice"])
    finish(client, first)
    second = begin(client, quiz)
    html = html_of(client.get(url_of(first, "results")))
    assert secrets_in(html) == set()
    assert not any(word in html for word in ("Strong", "Worth another look"))
    assert "Text B of single-choice." in html
    assert "You have this quiz open again." in html
    assert "Go on with the open one" in html
    finish(client, second)
    html = html_of(client.get(url_of(first, "results")))
    assert "CANARY-single-choice-RATIONALE" in html


def test_a_lead_sees_what_a_result_teaches_though_its_taker_is_at_it_again(client) -> None:
    member = MembershipFactory()
    lead = MembershipFactory(user__roles=["lead"], team=member.team, is_lead=True).user
    client.force_login(member.user)
    quiz = QuizFactory(published=every_type_raw())
    first = begin(client, quiz)
    finish(client, first)
    begin(client, quiz)
    client.force_login(lead)
    html = html_of(client.get(url_of(first, "results")))
    assert "CANARY-single-choice-RATIONALE" in html


# Whose it is


def test_another_persons_quiz_is_not_found_under_any_address(client) -> None:
    owner = PersonFactory()
    client.force_login(owner)
    attempt = begin(client, QuizFactory(published=every_type_raw()))
    client.force_login(PersonFactory(admin=True))
    before = stored(attempt)
    pages = ("quiz", "quiz/1", "results", "call", "debrief")
    assert [client.get(url_of(attempt, page)).status_code for page in pages] == [404] * 5
    assert answer(client, attempt, "single-choice", option="A").status_code == 404
    for page in ("finish", "reply"):
        sent = {"seq": 1, "moment": "hello", "choice": "A"}
        assert client.post(url_of(attempt, page), sent).status_code == 404
    assert stored(attempt) == before


def test_a_finished_quiz_is_seen_by_its_person_their_lead_and_admins(client) -> None:
    member = MembershipFactory(user__name="Priya Raman")
    lead = MembershipFactory(user__roles=["lead"], team=member.team, is_lead=True).user
    client.force_login(member.user)
    attempt = begin(client, QuizFactory(published=every_type_raw()))
    finish(client, attempt)
    for viewer, status in (
        (member.user, 200),
        (lead, 200),
        (PersonFactory(admin=True), 200),
        (MembershipFactory(user__roles=["lead"], is_lead=True).user, 404),
        (MembershipFactory(team=member.team).user, 404),
        (PersonFactory(author=True), 404),
    ):
        client.force_login(viewer)
        assert client.get(url_of(attempt, "results")).status_code == status


def test_a_leads_view_names_the_person_and_offers_no_attempt(client) -> None:
    member = MembershipFactory(user__name="Priya Raman")
    lead = MembershipFactory(user__roles=["lead"], team=member.team, is_lead=True).user
    client.force_login(member.user)
    attempt = begin(client, QuizFactory(published=every_type_raw()))
    finish(client, attempt)
    client.force_login(lead)
    html = html_of(client.get(url_of(attempt, "results")))
    assert "· Priya Raman" in html
    assert f'href="/team/people/{member.user.pk}/"' in html
    assert "Take it again" not in html
    assert "The person who took this and their team lead can see it." in html


# What it costs


@pytest.fixture
def at_end() -> Activity:
    return QuizFactory(published=every_type_raw(feedback="at_end"))


@pytest.mark.parametrize("answers", [0, 40])
def test_a_question_takes_three_queries(
    client, priya, at_end, answers: int, django_assert_num_queries
) -> None:
    attempt = begin(client, at_end)
    for number in range(answers):
        answer(client, attempt, "single-choice", option="AB"[number % 2])
    with django_assert_num_queries(3):
        client.get(url_of(attempt, "quiz/2"))


@pytest.mark.parametrize("answers", [0, 40])
def test_an_answer_and_the_next_question_take_six_queries(
    client, priya, at_end, answers: int, django_assert_num_queries
) -> None:
    attempt = begin(client, at_end)
    for number in range(answers):
        answer(client, attempt, "single-choice", option="AB"[number % 2])
    url = url_of(attempt, "quiz/3/answer")
    sent = {"seq": answers + 1, "item": "true-false", "option": "true"}
    with django_assert_num_queries(6):
        client.post(url, sent, **FETCHED)


def test_a_result_takes_four_queries(client, priya, at_end, django_assert_num_queries) -> None:
    attempt = begin(client, at_end)
    finish(client, attempt)
    client.get(url_of(attempt, "results"))
    with django_assert_num_queries(4):
        client.get(url_of(attempt, "results"))
