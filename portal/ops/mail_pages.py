"""The pages of the mail catcher: a list of mails, and each one as a person would see it."""

import re
from collections.abc import Iterable
from email.message import EmailMessage
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from portal.ops.mailbox import forget_mails, is_mail_name, kept_at, mail_files, read_mail

_STYLE = Path(__file__).with_name("mail_pages.css")
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_OWN_HOSTS = {"localhost", "127.0.0.1", "::1"}
_SHOWN = 200
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
# A mail may bring its own styles and open links in new tabs. It runs nothing and loads nothing.
_SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
_MAIL_POLICY = (
    f"sandbox {_SANDBOX};"
    " default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
_BACK = '<p><a href="/">All mails</a></p>'
_CLEAR = '<form method="post" action="/clear"><button>Forget all mails</button></form>'


def mail_server(folder: Path, address: tuple[str, int]) -> ThreadingHTTPServer:
    """Return a web server for the mails in `folder`; the caller runs it."""
    return ThreadingHTTPServer(address, partial(_MailPages, folder))


class _MailPages(BaseHTTPRequestHandler):
    """Answers the few addresses that there are."""

    server_version = "Attune"
    sys_version = ""

    def __init__(self, folder: Path, *args: object) -> None:
        self._folder = folder
        super().__init__(*args)  # type: ignore[arg-type]  # what the server hands on

    def do_GET(self) -> None:
        """Show the list, one mail, or one part of a mail."""
        if not self._is_asked_from_here():
            self._refuse(HTTPStatus.FORBIDDEN, "Open this page as localhost.")
            return
        match urlsplit(self.path).path.strip("/").split("/"):
            case [""]:
                self._send(list_page(mail_files(self._folder)[::-1]))
            case ["mail_pages.css"]:
                self._send(_STYLE.read_text(), kind="text/css")
            case ["mails", name] if mail := self._mail(name):
                self._send(mail_page(name, mail))
            case ["mails", name, "html"] if mail := self._mail(name):
                self._send(_html_of(mail), rules=_MAIL_POLICY)
            case ["mails", name, "source"] if self._mail(name):
                source = (self._folder / name).read_bytes().decode(errors="replace")
                self._send(source, kind="text/plain")
            case _:
                self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")

    def do_POST(self) -> None:
        """Forget all mails; only our own button may ask for that."""
        origin = urlsplit(self.headers.get("Origin") or "").netloc
        if not self._is_asked_from_here() or origin != self.headers.get("Host"):
            self._refuse(HTTPStatus.FORBIDDEN, "Only the button on this page can do that.")
        elif self.path != "/clear":
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
        else:
            forget_mails(self._folder)
            self.send_response(HTTPStatus.SEE_OTHER)
            self.send_header("Location", "/")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what matters here is the mail."""

    def _is_asked_from_here(self) -> bool:
        """Refuse a foreign name that was pointed at this machine to read mails from a browser."""
        return urlsplit(f"//{self.headers.get('Host', '')}").hostname in _OWN_HOSTS

    def _mail(self, name: str) -> EmailMessage | None:
        if not is_mail_name(name) or not (self._folder / name).exists():
            return None
        return read_mail(self._folder / name)

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self._send(_page(sentence, [f"<h1>{escape(sentence)}</h1>", _BACK]), status=status)

    def _send(
        self,
        text: str,
        *,
        kind: str = "text/html",
        rules: str = _PAGE_POLICY,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", rules)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def list_page(paths: list[Path]) -> str:
    """Return the page that lists the newest mails."""
    heading = f"<h1>{len(paths)} mail{'' if len(paths) == 1 else 's'}</h1>"
    if not paths:
        empty = "<p>Mails that Attune sends appear here. Reload this page to look again.</p>"
        return _page("No mail yet", ["<h1>No mail yet</h1>", empty])
    rows = [_row(path.name, read_mail(path)) for path in paths[:_SHOWN]]
    older = len(paths) - len(rows)
    more = [f"<p>{older} older ones are not shown.</p>"] if older else []
    head = f'<div class="head">{heading}{_CLEAR}</div>'
    return _page("Mails", [head, '<ol class="mails">', *rows, "</ol>", *more])


def mail_page(name: str, mail: EmailMessage) -> str:
    """Return the page that shows one mail: as its reader sees it, as text, and its headers."""
    subject = escape(str(mail["Subject"] or "(no subject)"))
    about = [
        ("From", str(mail["From"])),
        ("To", str(mail["To"] or mail["X-Envelope-To"])),
        ("Kept", _when(name)),
    ]
    parts = [f"<h1>{subject}</h1>", '<dl class="about">', *_terms(about), "</dl>"]
    if mail.get_body(("html",)):
        frame = f'<iframe sandbox="{_SANDBOX}" src="/mails/{name}/html" title="The mail"></iframe>'
        parts += ["<h2>As its reader sees it</h2>", f'<div class="frame">{frame}</div>']
    if text := mail.get_body(("plain",)):
        parts += ["<h2>As plain text</h2>", f"<pre>{escape(str(text.get_content()))}</pre>"]
    if files := [str(part.get_filename()) for part in mail.iter_attachments()]:
        parts += ["<h2>Attached</h2>", f"<p>{escape(', '.join(files))}</p>"]
    headers = [(key, str(value)) for key, value in mail.items()]
    parts += ["<details><summary>All headers</summary>", '<dl class="about">', *_terms(headers)]
    parts += ["</dl>", f'<p><a href="/mails/{name}/source">Source</a></p></details>']
    return _page(subject, [_BACK, *parts])


def _page(title: str, parts: Iterable[str]) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title} · Attune mail catcher</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/mail_pages.css"></head><body>'
        "<header><strong>Attune mail catcher</strong> Nothing here has left this machine."
        f"</header><main>{''.join(parts)}</main></body></html>"
    )


def _row(name: str, mail: EmailMessage) -> str:
    subject = escape(str(mail["Subject"] or "(no subject)"))
    to = escape(str(mail["To"] or mail["X-Envelope-To"]))
    link = f'<a href="/mails/{name}">{subject}</a>'
    return f"<li>{link}<span>to {to}</span><time>{_when(name)}</time></li>"


def _terms(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs]


def _when(name: str) -> str:
    return f"{kept_at(name).astimezone():%a %b %-d, %H:%M:%S}"


def _html_of(mail: EmailMessage) -> str:
    """Return the HTML part, with links that leave the frame."""
    part = mail.get_body(("html",))
    html = str(part.get_content()) if part else ""
    return _HEAD.sub(lambda found: f'{found.group()}<base target="_blank">', html, count=1)
