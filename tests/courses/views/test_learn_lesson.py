"""Reading a lesson: a place that is kept, answers that are saved, keys that stay secret."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Activity, ActivityProgress, BlockResponse, Module, ModuleCompletion
from portal.people.models import User
from tests.factories.contents import lesson_raw, option
from tests.factories.courses import (
    LessonFactory,
    QuizFactory,
)
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


def module_url(module: Module) -> str:
    return f"/courses/{module.course.slug}/{module.slug}/"


def lesson_url(lesson: Activity) -> str:
    return f"{module_url(lesson.module)}{lesson.slug}/"


def block_url(lesson: Activity, block: str) -> str:
    return f"/lessons/{lesson.pk}/blocks/{block}/"


# Reading


def test_a_lesson_shows_its_blocks_and_where_the_reader_is(client, priya) -> None:
    lesson = LessonFactory(module__title="Hear them out")
    html = html_of(client.get(lesson_url(lesson)))
    assert "Hear them out · Step 1 of 1" in html
    assert "<p>Because it helps.</p>" in html
    assert "When did you wait?" in html
    assert "Go on where you stopped" not in html


def test_the_place_is_kept_and_offered_the_next_time(client, priya) -> None:
    lesson = LessonFactory()
    response = client.post(f"/lessons/{lesson.pk}/place/", {"place": "mine"}, **FETCHED)
    assert (response.status_code, response.content) == (204, b"")

    html = html_of(client.get(lesson_url(lesson)))

    assert 'data-place="mine"' in html
    assert '<a href="#mine" data-resume>' in html
    assert '<progress class="bar bar-top" value="33" max="100"' in html


@pytest.mark.parametrize("place", ["", "nowhere", "x" * 65])
def test_a_place_the_lesson_does_not_have_is_refused(client, priya, place: str) -> None:
    lesson = LessonFactory()
    response = client.post(f"/lessons/{lesson.pk}/place/", {"place": place}, **FETCHED)
    assert response.status_code == 422
    assert list(response.json()["errors"]) == ["place"]
    assert not ActivityProgress.objects.exists()


@pytest.mark.parametrize("steps", [1, 50])
def test_a_lesson_takes_four_queries(client, priya, steps: int, django_assert_num_queries) -> None:
    block = {"type": "reflection", "prompt": "When did you wait?"}
    blocks = [{"id": f"b-{n}", "heading": f"Step {n}"} | block for n in range(steps)]
    lesson = LessonFactory(published=lesson_raw(blocks=blocks))
    client.get(lesson_url(lesson))
    with django_assert_num_queries(4):
        client.get(lesson_url(lesson))


# A quick check


CANARIES = ("CANARY-RIGHT-FEEDBACK", "CANARY-WRONG-FEEDBACK")


@pytest.fixture
def checked_lesson() -> Activity:
    block = lesson_raw()["blocks"][2]
    right, wrong = CANARIES
    block["options"] = [option("A", right=True, feedback=right), option("B", feedback=wrong)]
    return LessonFactory(published=lesson_raw(blocks=[*lesson_raw()["blocks"][:2], block]))


def test_before_answering_neither_key_nor_feedback_is_in_the_page(
    client, priya, checked_lesson
) -> None:
    html = client.get(lesson_url(checked_lesson)).content.decode()
    assert "Option A." in html
    assert [word for word in (*CANARIES, "opt-right", "opt-look", "checked") if word in html] == []


def test_an_answer_is_saved_and_shows_its_own_feedback_only(client, priya, checked_lesson) -> None:
    response = client.post(block_url(checked_lesson, "check"), {"option_id": "B"}, **FETCHED)

    html = html_of(response)
    assert response.status_code == 200
    assert html.startswith('<form class="stack" id="form-check"')
    assert "CANARY-WRONG-FEEDBACK" in html
    assert "CANARY-RIGHT-FEEDBACK" not in html
    saved = BlockResponse.objects.get()
    assert (saved.user, saved.block_id, saved.option_id, saved.text) == (priya, "check", "B", "")
    assert ActivityProgress.objects.get().place == "check"


def test_another_answer_may_follow(client, priya, checked_lesson) -> None:
    for option_id in "BA":
        client.post(block_url(checked_lesson, "check"), {"option_id": option_id}, **FETCHED)
    html = html_of(client.get(lesson_url(checked_lesson)))
    assert "CANARY-RIGHT-FEEDBACK" in html
    assert "CANARY-WRONG-FEEDBACK" not in html
    assert BlockResponse.objects.get().option_id == "A"


@pytest.mark.parametrize("sent", [{}, {"option_id": ""}, {"option_id": "Z"}])
def test_without_an_option_of_the_question_nothing_is_saved(
    client, priya, checked_lesson, sent
) -> None:
    response = client.post(block_url(checked_lesson, "check"), sent, **FETCHED)
    html = html_of(response)
    assert response.status_code == 422
    assert html.startswith('<form class="stack" id="form-check"')
    assert "Choose one of the replies first." in html
    assert [word for word in CANARIES if word in html] == []
    assert not BlockResponse.objects.exists()


def test_a_plain_form_leads_back_to_the_block(client, priya, checked_lesson) -> None:
    response = client.post(block_url(checked_lesson, "check"), {"option_id": "A"})
    assert response.status_code == 302
    assert response["Location"] == f"{lesson_url(checked_lesson)}#check"


def test_a_plain_form_that_is_refused_shows_the_whole_lesson(client, priya, checked_lesson) -> None:
    response = client.post(block_url(checked_lesson, "check"), {"option_id": "Z"})
    html = html_of(response)
    assert response.status_code == 422
    assert html.count("Choose one of the replies first.") == 1
    assert "<p>Because it helps.</p>" in html


def test_the_judgement_belongs_to_who_answered(client, priya, checked_lesson) -> None:
    client.post(block_url(checked_lesson, "check"), {"option_id": "A"}, **FETCHED)
    client.force_login(PersonFactory())
    html = html_of(client.get(lesson_url(checked_lesson)))
    assert [word for word in CANARIES if word in html] == []


# A reflection


def test_words_are_saved_and_shown_again(client, priya) -> None:
    lesson = LessonFactory()
    response = client.post(block_url(lesson, "mine"), {"text": " At the\r\ndentist. "}, **FETCHED)
    assert response.status_code == 200
    assert "At the dentist." in html_of(response)
    assert '<span class="meta" role="status">Saved</span>' in html_of(response)
    saved = BlockResponse.objects.get()
    assert (saved.user, saved.block_id, saved.text) == (priya, "mine", "At the\ndentist.")


def test_words_may_be_taken_back(client, priya) -> None:
    lesson = LessonFactory()
    for text in ("At the dentist.", ""):
        client.post(block_url(lesson, "mine"), {"text": text}, **FETCHED)
    assert BlockResponse.objects.get().text == ""


def test_4000_characters_are_saved_whatever_breaks_their_lines(client, priya) -> None:
    lesson = LessonFactory()
    text = "\r\n".join(["é" * 1999, "é" * 2000])
    assert client.post(block_url(lesson, "mine"), {"text": text}, **FETCHED).status_code == 200
    assert len(BlockResponse.objects.get().text) == 4000


@pytest.mark.parametrize("extra", [{}, FETCHED])
def test_words_that_are_too_many_stay_in_the_box_and_are_not_saved(client, priya, extra) -> None:
    lesson = LessonFactory()
    client.post(block_url(lesson, "mine"), {"text": "Before."})
    text = "é" * 4001

    response = client.post(block_url(lesson, "mine"), {"text": text}, **extra)

    assert response.status_code == 422
    html = html_of(response)
    assert f">{text}</textarea>" in html
    assert (
        "This is longer than 4000 characters (4001). It is still here; please shorten it to save"
        " it." in html
    )
    assert 'aria-invalid="true"' in html
    assert '<span class="meta" role="status">Saved</span>' not in html
    assert BlockResponse.objects.get().text == "Before."


def test_words_are_shown_as_words(client, priya) -> None:
    lesson = LessonFactory()
    response = client.post(block_url(lesson, "mine"), {"text": "</textarea><script>"}, **FETCHED)
    assert "&lt;/textarea&gt;&lt;script&gt;" in html_of(response)


@pytest.mark.parametrize("block", ["why", "nothing"])
def test_a_block_that_asks_nothing_takes_no_answer(client, priya, block: str) -> None:
    lesson = LessonFactory()
    assert client.post(block_url(lesson, block), {"text": "Hi"}).status_code == 404


def test_saving_an_answer_takes_six_queries(client, priya, django_assert_num_queries) -> None:
    lesson = LessonFactory()
    client.get(lesson_url(lesson))
    with django_assert_num_queries(6):
        client.post(block_url(lesson, "mine"), {"text": "So."}, **FETCHED)


# Finishing


def test_finishing_goes_on_to_what_follows(client, priya) -> None:
    first = LessonFactory(position=1)
    second = LessonFactory(module=first.module, position=2)
    quiz = QuizFactory(module=first.module, position=3)
    goes_to = [
        client.post(f"/lessons/{lesson.pk}/finish/")["Location"] for lesson in (first, second)
    ]
    assert goes_to == [lesson_url(second), f"/activities/{quiz.pk}/"]
    assert ActivityProgress.objects.exclude(finished_at=None).count() == 2


def test_finishing_the_last_step_leads_to_the_module_which_is_finished(client, priya) -> None:
    lesson = LessonFactory()
    response = client.post(f"/lessons/{lesson.pk}/finish/", follow=True)
    assert response.redirect_chain == [(module_url(lesson.module), 302)]
    assert "1 of 1 done" in html_of(response)
    assert ModuleCompletion.objects.get().user == priya


@pytest.mark.parametrize("name", ["mark-place", "finish-lesson"])
def test_writing_needs_a_post(client, priya, name: str) -> None:
    lesson = LessonFactory()
    assert client.get(reverse(f"courses:{name}", args=[lesson.pk])).status_code == 405
