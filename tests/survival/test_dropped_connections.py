"""Fifty people answer at once on bad lines: what was acknowledged is kept, and kept once."""

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client

from assessments.actions.quiz_attempts import start_quiz
from assessments.models import Answer, Attempt
from courses.models import Activity
from portal.kit.clock import now
from portal.ops.processes import end_process, free_port, is_busy, spawn, wait_until
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.people import PersonFactory
from tests.factories.quizzes import every_type_raw
from tests.survival.dropping import BadLine, Fate

PEOPLE = 50
QUESTIONS = 10
SHARE_CUT = 0.05
SEED = 20261125

Acknowledged = list[tuple[int, str, dict[str, str]]]


@pytest.fixture
def web_port(transactional_db: None, tmp_path: Path) -> Iterator[int]:
    """The port of the real web server on this test's database, as `start` runs it."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--preload"),
        *("--no-control-socket", "--log-level", "warning"),
    ]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.survival.settings"}
    log_path = tmp_path / "web.log"
    with log_path.open("wb") as log:
        process = spawn(command, env=environment, output=log, cwd=site.BASE_DIR)
    try:
        assert wait_until(lambda: is_busy(port), seconds=60), log_path.read_text()
        yield port
    finally:
        steps = [(signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)]
        end_process(process.pid, lambda: process.poll() is not None, steps)


@pytest.fixture
def quiz() -> Activity:
    """Ten questions with three options each."""
    single = every_type_raw()["items"][0]
    items = [single | {"id": f"question-{number}"} for number in range(1, QUESTIONS + 1)]
    activity: Activity = QuizFactory(published=every_type_raw(items=items, feedback="at_end"))
    return activity


def test_fifty_people_on_bad_lines_lose_nothing_that_was_acknowledged(
    web_port: int, quiz: Activity
) -> None:
    people = [PersonFactory() for _ in range(PEOPLE)]
    attempts = [start_quiz(quiz, by=person, at=now()) for person in people]
    chance = random.Random(SEED)
    lines = [
        BadLine(web_port, _session_of(person), random.Random(chance.random()), SHARE_CUT)
        for person in people
    ]
    with ThreadPoolExecutor(PEOPLE) as pool:
        acknowledged = dict(
            zip([one.pk for one in attempts], pool.map(_take, lines, attempts), strict=True)
        )

    fates = sum((line.fates for line in lines), Counter())
    assert fates.keys() == set(Fate), fates
    assert fates[Fate.ANSWERED] == PEOPLE * (QUESTIONS + 2)
    assert {key: len(answers) for key, answers in acknowledged.items()} == {
        one.pk: QUESTIONS for one in attempts
    }
    assert _kept() == acknowledged
    ends = Attempt.objects.values_list("pk", "state", "next_seq", "points")
    assert {pk: end for pk, *end in ends} == {
        pk: ["finished", QUESTIONS + 1, _percent(answers)] for pk, answers in acknowledged.items()
    }


def _session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def _take(line: BadLine, attempt: Attempt) -> Acknowledged:
    """Answer every question, send one of the answers once more, and finish."""
    taken: Acknowledged = []
    for number in range(1, QUESTIONS + 1):
        option = line.chance.choice("ABC")
        _answer(line, attempt, number, option)
        taken.append((number, f"question-{number}", {"option": option}))
    number, _, payload = line.chance.choice(taken)
    _answer(line, attempt, number, payload["option"])
    assert (
        line.post_until_answered(f"/attempts/{attempt.pk}/finish/", {}).status == HTTPStatus.FOUND
    )
    return taken


def _answer(line: BadLine, attempt: Attempt, number: int, option: str) -> None:
    path = f"/attempts/{attempt.pk}/quiz/{number}/answer/"
    sent = {"seq": str(number), "item": f"question-{number}", "option": option}
    reply = line.post_until_answered(path, sent)
    assert reply.status == HTTPStatus.OK


def _kept() -> dict[object, Acknowledged]:
    found: dict[object, Acknowledged] = {}
    rows = Answer.objects.order_by("attempt", "seq")
    for attempt, *answer in rows.values_list("attempt_id", "seq", "step_id", "payload"):
        found.setdefault(attempt, []).append(tuple(answer))
    return found


def _percent(answers: Acknowledged) -> float:
    return 100 * sum(payload["option"] == "A" for *_, payload in answers) / QUESTIONS
