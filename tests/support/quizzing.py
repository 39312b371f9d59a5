"""Taking a quiz of every type through its forms, as its pages do."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from assessments.models import Attempt
from courses.models import Activity
from tests.factories.quizzes import TYPES

FETCHED = {"headers": {"X-Requested-With": "fetch"}}


def begin(client: Client, quiz: Activity) -> Attempt:
    client.post(f"/activities/{quiz.pk}/start/")
    return Attempt.objects.get(activity=quiz, state="open")


def url_of(attempt: Attempt, page: str = "quiz") -> str:
    return f"/attempts/{attempt.pk}/{page}/"


def answer(
    client: Client, attempt: Attempt, item_id: str, *, fetched: bool = True, **sent: Any
) -> HttpResponse:
    """Send the form of a question as its page does."""
    number = TYPES.index(item_id) + 1
    seq = Attempt.objects.get(pk=attempt.pk).next_seq
    url = url_of(attempt, f"quiz/{number}/answer")
    return client.post(url, {"seq": seq, "item": item_id} | sent, **(FETCHED if fetched else {}))


def finish(client: Client, attempt: Attempt) -> HttpResponse:
    return client.post(url_of(attempt, "finish"))
