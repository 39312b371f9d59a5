"""Every address that the resolver knows, and how a viewer asks for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# <int:pk> of a route, or (?P<url>.*)$ of a regular expression
_PARAMETER = re.compile(r"(?<!\?P)<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)\$?")
METHODS = ("get", "post", "put", "delete")
ANSWERS = {
    HTTPStatus.OK: "ok",
    HTTPStatus.NO_CONTENT: "done",
    HTTPStatus.BAD_REQUEST: "bad",
    HTTPStatus.FORBIDDEN: "no",
    HTTPStatus.NOT_FOUND: "none",
    HTTPStatus.METHOD_NOT_ALLOWED: "how",
    HTTPStatus.CONFLICT: "clash",
    HTTPStatus.UNPROCESSABLE_ENTITY: "mend",
    HTTPStatus.TOO_MANY_REQUESTS: "later",
    HTTPStatus.INTERNAL_SERVER_ERROR: "crash",
}


@dataclass(frozen=True)
class Address:
    """One entry of the resolver; `key` is its name, or its route where it has none."""

    key: str
    route: str
    name: str | None
    parameters: frozenset[str]

    def path(self, values: Mapping[str, object]) -> str:
        """Return the address with its parameters filled in."""
        if self.name:
            return reverse(self.name, kwargs=dict(values))
        return "/" + _PARAMETER.sub(lambda found: str(values[found[1] or found[2]]), self.route)


def all_addresses() -> list[Address]:
    """Return every address, in the order of the resolver."""
    return list(_walk(get_resolver(), (), ""))


def ask(
    method: str, path: str, cookies: SimpleCookie, *, checks_csrf: bool = False
) -> HttpResponse:
    """Send one request from a browser with these cookies; what it changes is undone."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=checks_csrf)
    client.cookies = SimpleCookie({name: cookie.value for name, cookie in cookies.items()})
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    return response


def word_for(response: HttpResponse) -> str:
    """Return how the tables call an answer."""
    if response.status_code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND}:
        target = urlsplit(response.headers["Location"]).path
        return "sign-in" if target.endswith("/login/") else "go"
    return ANSWERS.get(HTTPStatus(response.status_code), str(response.status_code))


def bare_text(response: HttpResponse, path: str) -> str:
    """Return an answer without what differs anyway: CSRF tokens and the address itself."""
    text = response.content.decode().replace(path, "")
    return re.sub(r'(value|data-csrf)="\w{64}"', "", text)


def _walk(resolver: URLResolver, namespaces: tuple[str, ...], before: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, inner, route)
        else:
            yield _address(entry, namespaces, route)


def _address(entry: URLPattern, namespaces: tuple[str, ...], route: str) -> Address:
    name = ":".join((*namespaces, entry.name)) if entry.name else None
    parameters = frozenset(first or second for first, second in _PARAMETER.findall(route))
    return Address(name or route, route, name, parameters)
