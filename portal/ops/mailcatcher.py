"""The local mail catcher: an SMTP server that keeps every mail as a file, and a page with them."""

import argparse
import asyncio
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.ops.mail_pages import mail_server
from portal.ops.mailbox import keep_mail, read_mails

__all__ = ["MailKeeper", "main", "read_mails"]

_HOST = "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> None:
    """Catch mails until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m portal.ops.mailcatcher", description=__doc__)
    parser.add_argument("--smtp-port", type=int, default=1025)
    parser.add_argument("--http-port", type=int, default=8025)
    parser.add_argument("--folder", type=Path, required=True, help="where the mails are kept")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    pages = mail_server(options.folder, (_HOST, options.http_port))
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    asyncio.run(_serve_smtp(options.folder, options.smtp_port))


class MailKeeper:
    """Keeps each mail that arrives as one .eml file, named by its time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer 250 only once the mail would survive a power cut."""
        to = ", ".join(envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {to}\r\n".encode()
        keep_mail(self._folder, head + (envelope.original_content or b""))
        return "250 Kept"


async def _serve_smtp(folder: Path, port: int) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    keeper = MailKeeper(folder)
    server = await loop.create_server(
        lambda: SMTP(keeper, enable_SMTPUTF8=True, loop=loop), _HOST, port
    )
    await stop.wait()
    server.close()


if __name__ == "__main__":
    main()
