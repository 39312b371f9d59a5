"""Takes the measurements of one size of the scale database."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from django.test import Client

from portal.ops.bench.measure import Cost, Probe, cost_of
from portal.ops.bench.pages import Page
from portal.ops.bench.server import WebServer, web_server
from portal.ops.bench.visits import Visit, visits
from portal.people.models import User

SETTINGS = "portal.ops.bench.counted_settings"
BARE_SETTINGS = "portal.ops.bench.bare_settings"
BARE_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Measured:
    """All that was measured with so many people in the database."""

    people: int
    bare: Cost
    costs: tuple[tuple[Page, Cost], ...]
    visits: tuple[tuple[Page, tuple[Visit, Visit]], ...]


def measure(
    people: int,
    asked: list[Page],
    env: Mapping[str, str],
    database_pid: int,
    *,
    with_visits: bool,
) -> Measured:
    """Measure each page in turn with the bare page, then the visits of a browser."""
    cookies = {page.email: cookie_of(page.email) for page in asked}
    bare_cookie = cookie_of(asked[0].email, backend=BARE_BACKEND)
    with (
        web_server(BARE_SETTINGS, env, database_pid=database_pid) as bare_server,
        web_server(SETTINGS, env, database_pid=database_pid) as server,
    ):
        bare = Probe(bare_server, "/bare/", bare_cookie)
        answer = bare.warm_up()
        costs = tuple(
            (page, cost_of(Probe(server, page.path, cookies[page.email]), bare)) for page in asked
        )
    seen: tuple[tuple[Page, tuple[Visit, Visit]], ...] = ()
    if with_visits:
        with web_server(SETTINGS, env, database_pid=database_pid, threads=8) as server:
            seen = _visited(server, asked, cookies)
    one = Cost(answer.queries, median(bare.rounds_ms), 1.0, len(answer.body))
    return Measured(people, one, costs, seen)


def _visited(
    server: WebServer, asked: list[Page], cookies: Mapping[str, str]
) -> tuple[tuple[Page, tuple[Visit, Visit]], ...]:
    return tuple(
        (page, found)
        for page in asked
        if (found := visits(f"http://localhost:{server.port}{page.path}", cookies[page.email]))
    )


def cookie_of(email: str, *, backend: str | None = None) -> str:
    """Sign somebody in and return the cookie; the bench measures pages, not the sign-in."""
    client = Client()
    client.force_login(User.objects.get(email=email), backend=backend)
    return f"sessionid={client.cookies['sessionid'].value}"
