"""Five minutes with cards: one at a time, answer first, and nothing of a key before that."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from assessments.actions.quiz_attempts import start_quiz
from assessments.actions.refreshing import pause_refreshers
from assessments.models import CardReview, RefresherPause, SpacedCard
from assessments.queries.refreshers import CARDS_A_DAY
from portal.people.models import User
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import RIGHT, WRONG, secrets_of
from tests.factories.refreshers import (
    KEYED_TYPES,
    TODAY,
    TUESDAY,
    finished_module,
    item_card,
    missed_quiz,
    module_with_cards,
    moment_card,
    recall_card,
)
from tests.factories.runs import begin_run
from tests.support.quizzing import FETCHED
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

BOTH_WAYS = pytest.mark.parametrize("way", [FETCHED, {}], ids=["fetch", "plain"])


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in on Tuesday."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    with time_machine.travel(TUESDAY, tick=False):
        yield person


def url_of(card, page=""):
    return f"/refresh/{card.pk}/{page + '/' if page else ''}"


def send(client, card, page="answer", *, number=1, way=None, **sent: object):
    return client.post(url_of(card, page), {"number": number} | sent, **(way or {}))


def open_refresh(client, url="/refresh/"):
    return html_of(client.get(url, follow=True))


# My learning


def test_my_learning_has_one_row_while_cards_are_due(client, priya):
    assert "Five minutes" not in html_of(client.get("/learning/"))
    missed_quiz(priya, ("single-choice", "matching"))
    html = html_of(client.get("/learning/"))
    assert "2 cards are due." in html
    assert 'href="/refresh/"' in html


def test_never_more_are_due_than_fit_into_five_minutes(client, priya):
    missed_quiz(priya, KEYED_TYPES)
    assert len(KEYED_TYPES) > CARDS_A_DAY
    assert f"{CARDS_A_DAY} cards are due." in html_of(client.get("/learning/"))


def test_while_they_are_paused_my_learning_says_nothing_of_them(client, priya):
    missed_quiz(priya)
    pause_refreshers(TODAY + timedelta(days=1), by=priya, at=TUESDAY)
    assert "is due" not in html_of(client.get("/learning/"))


# A card with a key


@pytest.mark.parametrize("item", KEYED_TYPES)
def test_nothing_of_a_key_is_there_before_the_answer_and_all_of_it_after(client, priya, item):
    card = item_card(priya, item)
    before = open_refresh(client)
    assert f"What now, {item}?" in before
    assert "Card 1 of 1 · from the quiz" in before
    assert not [secret for secret in secrets_of(item) if secret in before]

    after = html_of(send(client, card, way=FETCHED, **WRONG[item]))
    shown = [secret for secret in secrets_of(item) if "TITLE" not in secret]
    assert [secret for secret in shown if secret not in after] == []
    assert "This card comes back on Wednesday 25 November." in after


@BOTH_WAYS
def test_a_right_answer_says_so_and_leads_on(client, priya, way):
    card = item_card(priya)
    response = send(client, card, way=way, **RIGHT["single-choice"])
    html = html_of(response) if way else open_refresh(client, response["Location"])

    assert "<b>Yes.</b>" in html
    assert "This card comes back on Thursday 26 November." in html
    assert "Finish" in html
    assert 'data-also value="1" max="1"' in html


def test_a_moment_asks_what_one_would_say_now_and_tells_what_it_does(client, priya):
    card = moment_card(priya)
    SpacedCard.objects.exclude(pk=card.pk).update(due_on=TODAY + timedelta(days=9))
    before = open_refresh(client)
    assert "“This is said at hello.”" in before
    assert "What would you say now?" in before
    assert "from “Activity" in before
    assert "with Ana Ruiz" in before
    assert "An expert speaks" not in before
    assert "There is a reason." not in before

    after = html_of(send(client, card, way=FETCHED, option="B"))
    assert "Worth another look." in after
    assert "An expert might say: An expert speaks at hello." in after
    assert "Felt something. There is a reason." in after


@BOTH_WAYS
def test_an_answer_that_cannot_be_used_is_not_kept_and_stays(client, priya, way):
    card = item_card(priya, "best-worst")
    response = send(client, card, way=way, best="A")

    assert response.status_code == 422
    html = html_of(response)
    assert 'id="question-error"' in html
    assert 'name="best" value="A" aria-describedby="r1" checked' in html or "checked" in html
    assert not CardReview.objects.exists()


def test_a_step_is_moved_without_a_script_and_nothing_is_kept(client, priya):
    card = item_card(priya, "ordering")
    response = send(client, card, order=["A", "B", "C"], move="B:-1")

    html = html_of(response)
    places = [html.index(f'name="order" value="{one}"') for one in "BAC"]
    assert places == sorted(places)
    assert not CardReview.objects.exists()
    assert send(client, card, order=["A", "B", "C"], move="X:-1").status_code == 404


@BOTH_WAYS
def test_answered_twice_the_first_answer_stands_and_is_shown(client, priya, way):
    card = item_card(priya)
    for option in "BA":
        response = send(client, card, way=way, option=option)
    html = html_of(response) if way else open_refresh(client, response["Location"])

    assert "Worth another look." in html
    assert CardReview.objects.get().response == {"option": "B"}


@BOTH_WAYS
def test_a_card_that_is_not_due_refuses_and_shows_what_is(client, priya, way):
    card = item_card(priya)
    SpacedCard.objects.update(due_on=TODAY + timedelta(days=1))
    response = send(client, card, way=way, option="A")

    if way:
        assert (response.status_code, "not due now" in response.content.decode()) == (409, True)
    else:
        assert response["Location"] == "/refresh/"
        assert "not due now" in open_refresh(client)
    assert client.get(url_of(card))["Location"] == "/refresh/"


@pytest.mark.parametrize("sent", [{"option": "A"}, {"number": "x"}, {"number": 0}])
def test_without_the_number_of_the_review_it_is_no_answer(client, priya, sent):
    card = item_card(priya)
    assert client.post(url_of(card, "answer"), sent).status_code == 404


def test_each_kind_takes_its_own_answer_only(client, priya):
    keyed, recall = item_card(priya), recall_card(priya)
    assert send(client, recall, option="A").status_code == 404
    assert send(client, keyed, "turn").status_code == 404
    assert send(client, keyed, "grade", grade=3).status_code == 404
    assert send(client, recall, "grade", grade=4).status_code == 404


# What is open elsewhere


def everything_of(client, card):
    """Return what every address of a card says, in both ways."""
    return " ".join(
        html_of(response)
        for way in (FETCHED, {})
        for response in (
            client.get("/learning/", **way),
            client.get("/refresh/", follow=True, **way),
            client.get(url_of(card), follow=True, **way),
            client.get("/refresh/settings/", **way),
            client.post(url_of(card, "answer"), {"number": 1, "option": "A"}, follow=True, **way),
            client.post(url_of(card, "answer"), {"number": 1, "move": "A:1"}, follow=True, **way),
        )
    )


def test_while_its_quiz_is_open_nothing_of_a_card_is_shown(client, priya):
    card = item_card(priya)
    start_quiz(card.revision.activity, by=priya, at=TUESDAY)

    found = everything_of(client, card)
    assert "What now, single-choice?" not in found
    assert "CANARY" not in found


def test_what_was_answered_today_is_hidden_again_once_its_quiz_is_open(client, priya):
    card = item_card(priya)
    send(client, card, option="A")
    assert "CANARY-single-choice-RATIONALE" in open_refresh(client, url_of(card))
    start_quiz(card.revision.activity, by=priya, at=TUESDAY)

    assert "CANARY" not in everything_of(client, card)


def test_while_its_call_is_open_nothing_of_a_moment_is_shown(client, priya):
    card = moment_card(priya)
    begin_run(card.revision.activity, priya, at=TUESDAY)

    assert "An expert speaks" not in everything_of(client, card)


# Cards from memory


@BOTH_WAYS
def test_a_card_from_memory_shows_its_back_once_it_is_turned(client, priya, way):
    card = recall_card(priya)
    before = open_refresh(client)
    assert "What do you say first, first?" in before
    assert "CANARY-BACK" not in before

    response = send(client, card, "turn", way=way, text="I hear you.")
    html = html_of(response) if way else open_refresh(client, response["Location"])
    assert "CANARY-BACK-first" in html
    assert "I hear you." in html
    assert "CANARY-BACK-first" in open_refresh(client)  # it stays turned

    response = send(client, card, "grade", way=way, grade=3)
    assert response.headers["X-Go-To" if way else "Location"] == "/refresh/"
    review = CardReview.objects.get()
    assert (review.grade, review.response) == (3, {"text": "I hear you."})
    assert "That’s it for today" in open_refresh(client)


def test_words_that_are_too_long_stay_in_the_box(client, priya):
    card = recall_card(priya)
    response = send(client, card, "turn", text="x" * 2001)

    assert response.status_code == 422
    assert "x" * 2001 in html_of(response)
    assert "This is longer than 2000 characters" in html_of(response)
    assert "CANARY-BACK" not in html_of(response)


def test_a_grade_before_the_card_is_turned_is_refused(client, priya):
    card = recall_card(priya)
    assert send(client, card, "grade", grade=3)["Location"] == "/refresh/"
    assert "Answer first" in open_refresh(client)
    assert not CardReview.objects.exists()


# The end of five minutes


def test_after_the_cards_of_a_day_the_rest_waits_for_tomorrow(client, priya):
    missed_quiz(priya, KEYED_TYPES)
    for _ in range(CARDS_A_DAY):
        card = SpacedCard.objects.filter(reviewed_on=None).order_by("due_on", "pk").first()
        html_of(send(client, card, **RIGHT[card.step_id]))

    html = open_refresh(client)
    assert "That’s it for today" in html
    assert f"You went over {CARDS_A_DAY} cards." in html
    assert "cards on Wednesday 25 November" in html
    assert "are due" not in html_of(client.get("/learning/"))


def test_after_a_pause_no_more_come_a_day_than_before(client, priya):
    missed_quiz(priya, KEYED_TYPES)
    pause_refreshers(date(2026, 12, 14), by=priya, at=TUESDAY)
    assert "They come again on Monday 14 December." in open_refresh(client)

    with time_machine.travel(TUESDAY + timedelta(days=20), tick=False):
        client.force_login(priya)
        assert f"Card 1 of {CARDS_A_DAY}" in open_refresh(client)


def test_the_end_says_what_comes_next(client, priya):
    card = item_card(priya)
    send(client, card, option="A")
    html = open_refresh(client)
    assert "You went over one card." in html
    assert "Next: one card on Thursday 26 November." in html


def test_who_has_no_cards_reads_where_they_come_from(client, priya):
    assert "No cards yet" in open_refresh(client)


# Cards that are not needed, and pauses


def test_a_card_is_put_away_and_brought_back(client, priya):
    card = item_card(priya)
    response = client.post(url_of(card, "retire"))
    html = open_refresh(client, response["Location"])
    assert "This card is put away" in html
    assert "What now, single-choice?" in html
    assert "CANARY" not in html
    assert "No card has a day now." in open_refresh(client)
    assert "What now, single-choice?" in open_refresh(client, "/refresh/settings/")

    assert client.post(url_of(card, "bring-back"))["Location"] == "/refresh/"
    assert "Card 1 of 1" in open_refresh(client)


def test_a_card_is_brought_back_from_the_list_too(client, priya):
    card = item_card(priya)
    client.post(url_of(card, "retire"))
    response = client.post(url_of(card, "bring-back"), {"settings": "1"})
    assert response["Location"] == "/refresh/settings/"
    assert SpacedCard.objects.active().get() == card


def test_cards_are_paused_until_a_day_and_the_pause_is_ended(client, priya):
    item_card(priya)
    assert client.post("/refresh/settings/", {"until": "2026-12-01"}).status_code == 302
    assert "Your cards are paused" in open_refresh(client, "/refresh/settings/")
    assert "They come again on Tuesday 1 December." in open_refresh(client)

    client.post("/refresh/settings/end-pause/")
    assert "Card 1 of 1" in open_refresh(client)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "Choose the day on which cards come again."),
        ("soon", "Write a day such as 2026-12-01."),
        ("2026-11-24", "Choose a day after today."),
        ("2028-01-01", "Choose a day within a year."),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_the_field(client, priya, until, sentence):
    response = client.post("/refresh/settings/", {"until": until})
    assert response.status_code == 422
    assert sentence in html_of(response)
    assert not RefresherPause.objects.exists()


# Costs


@pytest.mark.parametrize("cards", [1, 50])
def test_the_pages_take_the_same_queries_for_any_number_of_cards(
    client, priya, cards, django_assert_num_queries
):
    module = module_with_cards(*(f"card-{number}" for number in range(cards)))
    finished_module(priya, module)
    card = SpacedCard.objects.first()
    for url in ("/refresh/", "/learning/", url_of(card)):
        client.get(url)
    with django_assert_num_queries(4):
        client.get("/learning/")
    with django_assert_num_queries(2):
        client.get("/refresh/")
    with django_assert_num_queries(4):
        client.get(url_of(card))


@pytest.mark.parametrize("retired", [1, 3])
def test_the_settings_take_the_same_queries(client, priya, retired, django_assert_num_queries):
    finished_module(priya, module_with_cards(*(f"card-{number}" for number in range(retired))))
    SpacedCard.objects.update(retired_at=MONDAY, retired_as="own")
    client.get("/refresh/settings/")
    with django_assert_num_queries(3):
        client.get("/refresh/settings/")


@pytest.mark.parametrize("wrong", [KEYED_TYPES[:2], KEYED_TYPES])
def test_an_answer_takes_the_same_queries_however_many_cards_there_are(
    client, priya, wrong, django_assert_num_queries
):
    missed_quiz(priya, wrong)
    card = SpacedCard.objects.get(step_id="single-choice")
    client.get("/refresh/")
    with django_assert_num_queries(13):
        send(client, card, way=FETCHED, option="A")
