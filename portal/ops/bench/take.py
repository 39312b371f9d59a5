"""Takes the measurements of one size of the scale database."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client

from portal.ops.bench.measure import Cost, cost_of
from portal.ops.bench.pages import Page
from portal.ops.bench.server import WebServer, web_server
from portal.ops.bench.visits import Visit, visits
from portal.people.models import User

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
    """Measure the bare page before and after the others, and take its mean."""
    cookies = {page.email: cookie_of(page.email) for page in asked}
    bare_cookie = cookie_of(asked[0].email, backend=BARE_BACKEND)
    bares = [bare_cost(env, database_pid, bare_cookie)]
    settings = "portal.ops.bench.counted_settings"
    with web_server(settings, env, database_pid=database_pid) as server:
        costs = tuple(
            (page, cost_of(server, page.path, cookie=cookies[page.email])) for page in asked
        )
    seen: tuple[tuple[Page, tuple[Visit, Visit]], ...] = ()
    if with_visits:
        with web_server(settings, env, database_pid=database_pid, threads=8) as server:
            seen = _visited(server, asked, cookies)
    bares.append(bare_cost(env, database_pid, bare_cookie))
    mean = sum(bare.cpu_ms for bare in bares) / len(bares)
    return Measured(people, Cost(bares[0].queries, mean, bares[0].html_bytes), costs, seen)


def _visited(
    server: WebServer, asked: list[Page], cookies: Mapping[str, str]
) -> tuple[tuple[Page, tuple[Visit, Visit]], ...]:
    return tuple(
        (page, found)
        for page in asked
        if (found := visits(f"http://localhost:{server.port}{page.path}", cookies[page.email]))
    )


def bare_cost(env: Mapping[str, str], database_pid: int, cookie: str) -> Cost:
    """Return what the bare page costs."""
    settings = "portal.ops.bench.bare_settings"
    with web_server(settings, env, database_pid=database_pid) as server:
        return cost_of(server, "/bare/", cookie=cookie, requests=150)


def cookie_of(email: str, *, backend: str | None = None) -> str:
    """Sign somebody in and return the cookie; the bench measures pages, not the sign-in."""
    client = Client()
    client.force_login(User.objects.get(email=email), backend=backend)
    return f"sessionid={client.cookies['sessionid'].value}"
