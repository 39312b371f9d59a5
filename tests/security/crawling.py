"""A crawler with somebody's cookies: it follows whatever a page names, in each way of asking."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

# As a browser asks for a page, and as our scripts, htmx or a program ask for a part of one.
WAYS: Mapping[str, dict[str, str]] = {
    "page": {},
    "part": {
        "X-Requested-With": "fetch",
        "HX-Request": "true",
        "Accept": "application/json, text/html;q=0.5",
    },
}
# Where one goes after signing in changes nothing of what is said.
_SAME_PAGE = re.compile(r"\?next=.*")
_IN_SCRIPTS = re.compile(r"""["'`](/[\w/.?=&-]+)["'`]""")
_SECRET = re.compile(r"CANARY[\w-]*\w|\d\.\d{4,}")


@dataclass
class Crawler:
    """What was said under each address, by way of asking; every address is asked once a way.

    `secrets` has for each secret the places that said it.
    """

    client: Client
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    secrets: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def crawl(self, start: Iterable[str]) -> None:
        """Ask for addresses, and for all that the answers name, until there is nothing new."""
        waiting = list(start)
        while waiting:
            path = waiting.pop()
            if (path, "page") in self.said:
                continue
            for way, headers in WAYS.items():
                response = self.client.get(path, headers=headers)
                waiting += self._take_in(path, way, response)

    def note(self, path: str, way: str, response: HttpResponse) -> None:
        """Take in an answer that was asked for elsewhere."""
        self._take_in(path, way, response)

    def _take_in(self, path: str, way: str, response: HttpResponse) -> list[str]:
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace")
        said = self.said[path, way] = f"{response.headers}\n{text}"
        for secret in set(secrets_in(said)):
            self.secrets.setdefault(secret, []).append((path, way))
        named = [response.headers.get("Location", ""), *_addresses_in(text)]
        return [found for one in named if one and (found := _own_path(path, one))]


def secrets_in(text: str) -> list[str]:
    """Return everything in a text that looks planted."""
    return _SECRET.findall(text)


def _own_path(base: str, address: str) -> str:
    """Return an address of this site as a path with its query, empty for any other."""
    parts = urlsplit(urljoin(f"http://testserver{base}", address))
    if parts.netloc != "testserver" or parts.scheme != "http":
        return ""
    return _SAME_PAGE.sub("", f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _addresses_in(text: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(text)
    yield from reader.addresses
    yield from _IN_SCRIPTS.findall(text)


class _Reader(HTMLParser):
    """Collects every attribute that is an address, and what forms would ask for by GET."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self._action: str | None = None
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        for name, value in own.items():
            is_address = value.startswith(("/", "?")) or name in ("href", "src", "hx-get")
            if is_address and name not in ("value", "d"):
                self.addresses.append(value.partition("#")[0])
        if tag == "form":
            asks = own.get("method", "get").lower() == "get"
            self._action = own.get("action", "") if asks else None
        elif self._action is not None:
            self._fill_in(tag, own)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._action = None

    def _fill_in(self, tag: str, own: Mapping[str, str]) -> None:
        """Ask with each value that a field offers, one field at a time."""
        if tag == "select":
            self._name = own.get("name", "")
        name = self._name if tag == "option" else own.get("name", "")
        if name and tag in ("input", "option", "button"):
            query = urlencode({name: own.get("value", "") or "a"})
            self.addresses.append(f"{self._action}?{query}")
