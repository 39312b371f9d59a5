"""Work in the background: a broker that is away must not hold up a page."""

import socket
import time

import pytest
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

from portal.celery import app
from portal.notifications.tasks import send_due_emails_task


@pytest.mark.parametrize("listens", [False, True], ids=["nobody listens", "it never answers"])
def test_asking_a_broker_that_is_away_ends_within_seconds(listens: bool) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen()
        address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        began = time.monotonic()
        with (
            Connection(address, transport_options=options) as broker,
            pytest.raises(OperationalError),
        ):
            send_due_emails_task.apply_async(retry=False, connection=broker)
        assert (
            time.monotonic() - began < 30
        )  # it waits 3 s for an answer; without a limit, for ever


def test_every_sweep_forgets_itself_before_the_next_one_comes() -> None:
    late = {
        name: entry["options"]["expires"]
        for name, entry in app.conf.beat_schedule.items()
        if entry["options"]["expires"] >= entry["schedule"]
    }
    assert late == {}
