"""A browser without a window: it reads the forms of a page and keeps answers as saving.js does."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any, Self
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

Fields = list[tuple[str, str]]

# saving.js waits 2 s, 5 s and so on between its tries; here nobody looks at the page.
_PAUSE_SECONDS = 0.1
_LONGEST_ANSWER_SECONDS = 20
_PATIENCE_SECONDS = 120
_TRY_AGAIN = (408, 425, 429)
_FIRST_SERVER_ERROR = 500


class NoAnswer(AssertionError):
    """The site did not answer for two minutes."""


@dataclass
class Form:
    """One form of a page: where it goes, and what its fields offer."""

    action: str
    queue: str = ""
    seq: int = 0
    hidden: Fields = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    buttons: Fields = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """What proves that the form is the site's own."""
        return dict(self.hidden)["csrfmiddlewaretoken"]


@dataclass(frozen=True)
class Answer:
    """What the server said: redirects are not followed, as by saving.js."""

    status: int
    text: str
    location: str = ""
    go_to: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether it is one of the 2xx."""
        return 200 <= self.status < 300

    def forms(self) -> list[Form]:
        """Return the forms of the page."""
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms

    def form(self, part_of_action: str) -> Form | None:
        """Return the form that goes to an address with this in it."""
        return next((one for one in self.forms() if part_of_action in one.action), None)


class Browser:
    """One window with its cookies. `failures` counts the requests that got no good answer."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.failures = 0
        self.slowest_seconds = 0.0
        self._cookies = CookieJar()
        self._opener = build_opener(_FollowsNothing, HTTPCookieProcessor(self._cookies))

    def forget_cookies(self) -> None:
        """Be a new window."""
        self._cookies.clear()

    def open(self, path: str) -> Answer:
        """Open a page, and again until the site answers."""
        return self._insist(lambda: self._ask(self._request(path)))

    def post(self, path: str, fields: Mapping[str, str] | Fields) -> Answer:
        """Send a form, and again until the site answers, as a person would."""
        body = urlencode(fields).encode()
        return self._insist(lambda: self._ask(self._request(path, body)))

    def keep_until_acknowledged(
        self, form: Form, fields: Fields, *, sign_in: Callable[[], str]
    ) -> Answer:
        """Send an answer with its number until the server has taken it, and return its reply.

        `sign_in` is asked when the server does not know us any more; it returns a new token.
        """
        token = form.token
        while True:
            reply = self._insist(lambda: self._ask(self._kept(form, fields, token)))  # noqa: B023  (called before the next turn)
            if reply.is_ok:
                return reply
            assert reply.status in (302, 403), (reply.status, reply.text, form, fields)
            token = sign_in()

    def _kept(self, form: Form, fields: Fields, token: str) -> Request:
        body = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
        headers = {
            "X-Client-Seq": str(form.seq),
            "X-Requested-With": "fetch",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._request(form.action, urlencode(body).encode(), headers)

    def _request(
        self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Request:
        return Request(self.address + path, body, dict(headers or {}))  # noqa: S310  (our own)

    def _insist(self, ask: Callable[[], Answer | None]) -> Answer:
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            if answer := ask():
                return answer
            time.sleep(_PAUSE_SECONDS)
        raise NoAnswer(f"No answer in {_PATIENCE_SECONDS} s")

    def _ask(self, request: Request) -> Answer | None:
        began = time.monotonic()
        answer = self._answer_to(request)
        self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - began)
        if answer is None:
            self.failures += 1
        return answer

    def _answer_to(self, request: Request) -> Answer | None:
        try:
            with self._opener.open(request, timeout=_LONGEST_ANSWER_SECONDS) as reply:
                go_to = reply.headers.get("X-Go-To", "")
                return Answer(reply.status, reply.read().decode(), go_to=go_to)
        except HTTPError as error:
            with error:
                if error.code >= _FIRST_SERVER_ERROR or error.code in _TRY_AGAIN:
                    return None
                location = error.headers.get("Location", "")
                return Answer(error.code, error.read().decode(), location=location)
        except (OSError, HTTPException):
            return None


class _FollowsNothing(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None

    def feed(self, text: str) -> Self:  # type: ignore[override]  # it returns itself, to go on with
        super().feed(text)
        return self

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            seq = int(own.get("data-seq") or 0)
            self._open = Form(own.get("action", ""), own.get("data-keep", ""), seq)
            self.forms.append(self._open)
        elif self._open:
            self._add_field(self._open, tag, own)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _add_field(self, form: Form, tag: str, own: dict[str, str]) -> None:
        name, value = own.get("name", ""), own.get("value", "")
        kind = own.get("type", "")
        if tag == "textarea":
            form.texts.append(name)
        elif tag == "button" and name:
            form.buttons.append((name, value))
        elif kind == "hidden":
            form.hidden.append((name, value))
        elif kind == "radio":
            form.options.setdefault(name, []).append(value)
        elif kind == "checkbox":
            form.boxes.setdefault(name, []).append(value)
