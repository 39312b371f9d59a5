"""The mail catcher: what was accepted is on disk, and its pages show it without believing it."""

import http.client
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from portal.ops.mailbox import keep_mail, mail_files
from portal.ops.mailcatcher import read_mails
from portal.ops.processes import free_port, is_busy, wait_until

PROJECT = Path(__file__).resolve().parents[3]
EVIL = "<script>alert(1)</script>"


@dataclass
class Catcher:
    """A running mail catcher."""

    smtp_port: int
    http_port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def send(self, mail: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as smtp:
            smtp.send_message(mail)

    def ask(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=10)
        connection.request(method, path, headers={"Host": self.host, **headers})
        answer = connection.getresponse()
        found = (answer.status, answer.read().decode(), dict(answer.getheaders()))
        connection.close()
        return found

    @property
    def host(self) -> str:
        return f"localhost:{self.http_port}"


@pytest.fixture(scope="module")
def running_catcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    folder = tmp_path_factory.mktemp("mail")
    ports = free_port(), free_port()
    process = subprocess.Popen(
        [
            *[sys.executable, "-m", "portal.ops.mailcatcher", "--folder", str(folder)],
            *["--smtp-port", str(ports[0]), "--http-port", str(ports[1])],
        ],
        cwd=PROJECT,
    )
    assert wait_until(lambda: is_busy(ports[0]) and is_busy(ports[1]), seconds=15)
    yield Catcher(*ports, folder, process)
    process.terminate()
    assert process.wait(timeout=5) == 0


@pytest.fixture
def catcher(running_catcher: Catcher) -> Catcher:
    for path in running_catcher.folder.iterdir():
        path.unlink()
    return running_catcher


def mail(
    subject: str = "Two things to finish", html: str = "<p>Hello <b>Priya</b></p>"
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Attune <hello@attune.example>"
    message["To"] = "Priya Raman <priya@demo.example>"
    message["Subject"] = subject
    message.set_content(f"Hello Priya {EVIL}")
    message.add_alternative(html, subtype="html")
    return message


def test_a_mail_that_was_sent_can_be_read(catcher: Catcher) -> None:
    catcher.send(mail("Due on Friday · größer"))
    (kept,) = read_mails(catcher.folder)
    plain = kept.get_body(("plain",))
    assert plain is not None
    assert (kept["Subject"], kept["To"], kept["X-Envelope-To"], plain.get_content().strip()) == (
        "Due on Friday · größer",
        "Priya Raman <priya@demo.example>",
        "priya@demo.example",
        f"Hello Priya {EVIL}",
    )


def test_mails_are_read_in_the_order_they_came(catcher: Catcher) -> None:
    for number in range(3):
        catcher.send(mail(f"Mail {number}"))
    assert [kept["Subject"] for kept in read_mails(catcher.folder)] == [
        "Mail 0",
        "Mail 1",
        "Mail 2",
    ]


def test_who_gets_a_blind_copy_is_kept(catcher: Catcher) -> None:
    message = mail()
    message["Bcc"] = "lead@demo.example"
    catcher.send(message)
    assert read_mails(catcher.folder)[0]["X-Envelope-To"] == "priya@demo.example, lead@demo.example"


def test_the_list_shows_the_newest_first(catcher: Catcher) -> None:
    catcher.send(mail("The older one"))
    catcher.send(mail("The newer one"))
    status, page, _ = catcher.ask("/")
    assert (status, "2 mails" in page) == (200, True)
    assert page.index("The newer one") < page.index("The older one")


def test_an_empty_folder_says_so(catcher: Catcher) -> None:
    assert "No mail yet" in catcher.ask("/")[1]


def test_a_mail_is_shown_with_its_html_framed_and_its_text_escaped(catcher: Catcher) -> None:
    catcher.send(mail(f"Hi {EVIL}", html=f"<html><head></head><body>{EVIL}</body></html>"))
    (path,) = mail_files(catcher.folder)
    status, page, headers = catcher.ask(f"/mails/{path.name}")
    assert status == 200
    assert EVIL not in page
    assert "Hello Priya &lt;script&gt;" in page
    assert f'src="/mails/{path.name}/html"' in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert EVIL not in catcher.ask("/")[1]


def test_the_html_of_a_mail_can_run_and_load_nothing(catcher: Catcher) -> None:
    catcher.send(mail(html=f"<html><head></head><body>{EVIL}</body></html>"))
    (path,) = mail_files(catcher.folder)
    _, html, headers = catcher.ask(f"/mails/{path.name}/html")
    assert EVIL in html  # shown as it is: the policy keeps it from running
    assert headers["Content-Security-Policy"] == (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
        " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    )


def test_links_of_a_mail_open_outside_its_frame(catcher: Catcher) -> None:
    catcher.send(mail(html='<html><head></head><body><a href="/x">x</a></body></html>'))
    (path,) = mail_files(catcher.folder)
    assert '<head><base target="_blank"></head>' in catcher.ask(f"/mails/{path.name}/html")[1]


def test_the_button_forgets_all_mails(catcher: Catcher) -> None:
    catcher.send(mail())
    status, _, headers = catcher.ask("/clear", "POST", Origin=f"http://{catcher.host}")
    assert (status, headers["Location"]) == (303, "/")
    assert read_mails(catcher.folder) == []


def test_another_site_cannot_press_the_button(catcher: Catcher) -> None:
    catcher.send(mail())
    assert catcher.ask("/clear", "POST", Origin="https://elsewhere.example")[0] == 403
    assert len(read_mails(catcher.folder)) == 1


def test_a_foreign_name_for_this_machine_reads_nothing(catcher: Catcher) -> None:
    assert catcher.ask("/", Host="elsewhere.example")[0] == 403


@pytest.mark.parametrize("path", ["/mails/../lock", "/mails/%2e%2e/lock", "/mails/1.eml", "/x"])
def test_nothing_outside_the_folder_is_shown(catcher: Catcher, path: str) -> None:
    assert catcher.ask(path)[0] == 404


def test_a_half_written_mail_is_no_mail(tmp_path: Path) -> None:
    keep_mail(tmp_path, b"Subject: whole\r\n\r\nHello")
    (tmp_path / "01795475455453778298-f2d35f52.new").write_bytes(b"Subject: half")
    assert [kept["Subject"] for kept in read_mails(tmp_path)] == ["whole"]
