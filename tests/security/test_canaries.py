"""While a quiz is open, nothing that an agent can ask for tells a key or what an answer teaches.

Canaries stand in every title, rationale, feedback, model reply, accepted word, level of a rubric
and in the points of every option; a crawler then asks for all that an agent can reach.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.test import Client

from courses.queries.content import quiz_of
from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
from tests.factories.canaries import ITEM_IDS
from tests.security.addresses import Address, all_addresses, ask
from tests.security.crawling import WAYS, Crawler, secrets_in
from tests.security.objects import World
from tests.security.open_quizzes import OpenQuiz, open_quizzes
from tests.security.targets import TARGETS
from tests.support.smtp import MailServer
from tests.support.snapshot import PROJECT


@pytest.fixture(scope="module")
def quizzes(world: World) -> list[OpenQuiz]:
    """The agent of the world, with a quiz open under every rule."""
    return open_quizzes(world.viewers["agent"], world.lesson.module)


def test_nothing_an_agent_can_ask_for_tells_what_is_hidden(
    world: World, quizzes: list[OpenQuiz]
) -> None:
    crawled = _crawled(world, quizzes)
    hidden = {one: quiz.name for quiz in quizzes for one in quiz.hidden}
    told = {one: crawled.secrets[one] for one in hidden.keys() & crawled.secrets.keys()}
    assert told == {}
    assert min(len(quiz.hidden) for quiz in quizzes) > 10
    by_name = {quiz.name: quiz for quiz in quizzes}
    _assert_that_it_saw_what_may_be_told(crawled, by_name["half"])
    _assert_that_it_saw_every_question(crawled, by_name["fresh"])
    _assert_that_it_saw_only_what_was_drawn(crawled, by_name["drawn"])


def test_no_mail_to_the_agent_tells_what_is_hidden(
    world: World, quizzes: list[OpenQuiz], mail_server: MailServer
) -> None:
    deliver_due_emails(clock=now)
    agent = world.viewers["agent"].email
    mails = [mail.as_string() for mail in mail_server.messages if agent in mail["To"]]
    hidden = frozenset().union(*(quiz.hidden for quiz in quizzes))
    assert mails
    assert hidden & {secret for mail in mails for secret in secrets_in(mail)} == set()


def test_no_static_file_holds_a_key_or_an_explanation_of_the_curriculum() -> None:
    quizzes = list((PROJECT / "courses/library").rglob("*.quiz.yaml"))
    items = [item for path in quizzes for item in _raw(path)["items"]]
    rationales = {item["rationale"] for item in items}
    assert len(rationales) > 100
    files = [path for path in (PROJECT / "static").rglob("*") if path.is_file()]
    texts = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    assert [one for one in rationales if one in texts] == []


def _raw(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _crawled(world: World, quizzes: list[OpenQuiz]) -> Crawler:
    """Ask for all that the agent can reach, wherever they begin, and post to each beginning."""
    client = Client(raise_request_exception=False)
    client.cookies = world.cookies["agent"]
    crawler = Crawler(client)
    paths = list(_paths(world, quizzes))
    crawler.crawl(paths)
    for path in paths:
        crawler.note(path, "post", ask("post", path, world.cookies["agent"]))
    return crawler


def _paths(world: World, quizzes: list[OpenQuiz]) -> Iterator[str]:
    """Give every address with what is the agent's, then with each of the open quizzes."""
    for address in all_addresses():
        target = TARGETS[address.key](world) if address.parameters else None
        yield address.path(target.own if target else {})
        if target:
            yield from (address.path(values) for values in _values(address, target.own, quizzes))


def _values(address: Address, own: dict, quizzes: list[OpenQuiz]) -> Iterator[dict]:
    if not address.parameters & {"attempt", "activity"}:
        return
    for quiz in quizzes:
        slug = quiz.activity.slug if address.key == "courses:read-lesson" else quiz.activity.pk
        ids = {"attempt": quiz.attempt.pk, "activity": slug}
        filled = own | {name: ids[name] for name in address.parameters & ids.keys()}
        numbers = range(1, len(ITEM_IDS) + 1) if "number" in address.parameters else [0]
        for number in numbers:
            yield filled | ({"number": number} if "number" in address.parameters else {})


def _assert_that_it_saw_what_may_be_told(crawled: Crawler, half: OpenQuiz) -> None:
    question = f"/attempts/{half.attempt.pk}/quiz/1/"
    for way in WAYS:
        assert "CANARY-half-single-choice-rationale" in crawled.said[question, way]


def _assert_that_it_saw_every_question(crawled: Crawler, fresh: OpenQuiz) -> None:
    for number, item in enumerate(quiz_of(fresh.activity.live_revision).items, 1):
        page = crawled.said[f"/attempts/{fresh.attempt.pk}/quiz/{number}/", "page"]
        assert item.prompt in page


def _assert_that_it_saw_only_what_was_drawn(crawled: Crawler, drawn: OpenQuiz) -> None:
    prefix = f"/attempts/{drawn.attempt.pk}/"
    said = [text for (path, _), text in crawled.said.items() if path.startswith(prefix)]
    seen = [one for one in ITEM_IDS if any(f'value="{one}"' in text for text in said)]
    assert sorted(seen) == sorted(drawn.attempt.drawn)
