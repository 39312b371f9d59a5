"""Nothing acknowledged is lost and no mail goes out twice, whatever is killed in the middle."""

import logging
import math
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from assessments.forms.play import payload_of
from courses.content import scenario_graph
from courses.content.quiz import parse_quiz
from courses.content.scenario import parse_scenario
from portal.ops.processes import wait_until
from tests.support.smtp import MailServer
from tests.survival import ledger
from tests.survival.browser import Browser
from tests.survival.killing import Killer
from tests.survival.players import Forgetful, Player, Taken
from tests.survival.site import Site
from tests.survival.staging import learner, player

ROUNDS = 2
PLAYERS = 3
MAILS = 400
MAILS_FOR_LATER = 40
# From a mail's arrival until the server says so: long enough to be killed in between.
DAWDLES_SECONDS = 0.1
SEED = 20261123

logger = logging.getLogger(__name__)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


@pytest.fixture
def sink() -> Iterator[MailServer]:
    """A mail server of this test's own, which outlives everybody that is killed."""
    server = MailServer().start()
    yield server
    server.stop()


@pytest.fixture
def site(sink: MailServer) -> Iterator[Site]:
    """A whole Attune, as `start` runs it."""
    attune = Site(mail_url=sink.url)
    try:
        attune.start()
        yield attune
    finally:
        attune.wipe()


def test_nothing_acknowledged_is_lost_and_no_mail_goes_out_twice(
    site: Site, sink: MailServer
) -> None:
    began = time.monotonic()
    sink.dawdles_seconds = DAWDLES_SECONDS
    activities = site.run("tests.survival.staging", PLAYERS, MAILS, MAILS_FOR_LATER)
    chance = random.Random(SEED)
    players = _players(site, activities, chance)
    forgetful = Forgetful(Browser(site.address))
    killer = Killer(
        site,
        chance,
        answers=lambda: sum(one.count for one in players),
        mails=lambda: len(sink.messages),
    )

    with _at_work([*(one.play_until for one in players), forgetful.ask_until]):
        for _ in range(ROUNDS):
            killer.kill_all_in_turn()
        killer.kill_worker()
    # From here on nobody asks for a mail to be sent: the sweeps find what is left.
    last_kill = time.monotonic()
    ledger.let_the_hour_pass(site)
    sink.dawdles_seconds = 0

    def all_is_sent() -> bool:
        killer.end_claims_of_the_dead()
        return not ledger.count_unsent(site)

    assert wait_until(all_is_sent, seconds=90), ledger.mails(site)
    assert wait_until(lambda: _last_heartbeat(site) > last_kill, seconds=60)
    _assert_that_every_answer_is_kept(site, players)
    _assert_that_every_mail_is_out(site, sink, killer, forgetful)
    assert [one.sign_ins for one in players] == [1] * PLAYERS
    assert site.stop() == 0
    _report(time.monotonic() - began, killer, players, sink)


def _players(site: Site, activities: Mapping[str, int], chance: random.Random) -> list[Player]:
    return [
        Player(
            email=player(number),
            browser=Browser(site.address),
            scenario=activities["scenario"],
            quiz=activities["quiz"],
            chance=random.Random(chance.random()),
        )
        for number in range(PLAYERS)
    ]


@contextmanager
def _at_work(works: Sequence[Callable[[threading.Event], None]]) -> Iterator[None]:
    """Let people work side by side; at the end they finish what they have begun."""
    stop = threading.Event()
    with ThreadPoolExecutor(len(works)) as pool:
        try:
            futures = [pool.submit(work, stop) for work in works]
            yield
        finally:
            stop.set()
        for future in futures:
            future.result()


def _last_heartbeat(site: Site) -> float:
    """Return when beat and worker last did something together, on the clock of this process."""
    age = site.health("ready")["background"]["heartbeat_age_seconds"]
    return -math.inf if age is None else time.monotonic() - age


def _assert_that_every_answer_is_kept(site: Site, players: Sequence[Player]) -> None:
    attempts = ledger.attempts(site)
    taken = {attempt: answers for one in players for attempt, answers in one.taken.items()}
    kept = ledger.answers(site)
    assert attempts.keys() == taken.keys()
    assert kept == {
        attempt: [_as_kept(answer, attempts[attempt]) for answer in answers]
        for attempt, answers in taken.items()
    }
    ends = {key: (row["state"], row["next_seq"], row["run_state"]) for key, row in attempts.items()}
    assert ends == {
        key: ("finished", len(kept[key]) + 1, _replayed(row, kept[key]))
        for key, row in attempts.items()
    }


def _as_kept(answer: Taken, attempt: ledger.Row) -> ledger.Row:
    """Return the row that an answer of the browser should have become."""
    sent = QueryDict(urlencode(answer.fields))
    if attempt["kind"] == "scenario":
        payload = {name: sent[name] for name in ("choice", "text") if name in sent}
    else:
        item = parse_quiz(attempt["content"]).item(answer.step)
        assert item
        payload = payload_of(item.type, sent)
    return {"seq": answer.seq, "step_id": answer.step, "payload": payload}


def _replayed(attempt: ledger.Row, answers: Sequence[ledger.Row]) -> dict[str, Any]:
    """Return the state of a run to which its answers lead; a quiz has none."""
    if attempt["kind"] != "scenario":
        return {}
    scenario = parse_scenario(attempt["content"])
    card = scenario.card(attempt["card"])
    state = scenario_graph.start(scenario, card)
    for answer in answers:
        if "choice" in answer["payload"]:
            state = scenario_graph.choose(scenario, card, state, answer["payload"]["choice"])
    return state.to_json()


def _assert_that_every_mail_is_out(
    site: Site, sink: MailServer, killer: Killer, forgetful: Forgetful
) -> None:
    rows = ledger.mails(site)
    addresses = Counter(row["to_address"] for row in rows)
    assert [addresses[learner(number)] for number in range(MAILS)] == [1] * MAILS
    assert addresses.keys() - map(learner, range(MAILS)) >= set(forgetful.asked_for)
    assert Counter(row["state"] for row in rows) == {"sent": len(rows)}

    copies = _copies(sink)
    assert copies.keys() == {row["message_id"] for row in rows}
    assert sum(copies.values()) - len(copies) <= killer.senders
    # Only a mail that a sender was lost over may have gone out again, once for each such loss.
    too_often = {row["message_id"] for row in rows if copies[row["message_id"]] - 1 > row["lost"]}
    assert too_often == set()


def _copies(sink: MailServer) -> Counter[str]:
    return Counter(str(message["Message-ID"]) for message in sink.messages)


def _report(seconds: float, killer: Killer, players: Sequence[Player], sink: MailServer) -> None:
    copies = _copies(sink)
    logger.info(
        "%.0f s, %d kills (%s), %d senders among them, %d attempts, %d answers acknowledged,"
        " %d requests sent again, slowest answer %.1f s, %d sign-ins, %d mails, %d extra copies",
        seconds,
        killer.kills.total(),
        dict(killer.kills),
        killer.senders,
        sum(len(one.taken) for one in players),
        sum(one.count for one in players),
        sum(one.browser.failures for one in players),
        max(one.browser.slowest_seconds for one in players),
        sum(one.sign_ins for one in players),
        len(copies),
        copies.total() - len(copies),
    )
