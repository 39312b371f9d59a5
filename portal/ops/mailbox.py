"""The mails that were caught: one .eml file each, named by the time it came."""

import os
import re
import secrets
import time
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

_NAME = re.compile(r"\d{20}-[0-9a-f]{8}\.eml")
_NANOSECONDS = 1_000_000_000


def keep_mail(folder: Path, content: bytes) -> Path:
    """Write one mail into `folder`, on disk before we return; return its file."""
    path = folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return path


def mail_files(folder: Path) -> list[Path]:
    """Return the files of the mails in `folder`, the oldest first."""
    return sorted(path for path in folder.glob("*.eml") if is_mail_name(path.name))


def read_mails(folder: Path) -> list[EmailMessage]:
    """Return the mails in `folder`, the oldest first."""
    return [read_mail(path) for path in mail_files(folder)]


def read_mail(path: Path) -> EmailMessage:
    """Return one mail; X-Envelope-To names everyone it went to."""
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=policy.default).parse(file)


def forget_mails(folder: Path) -> None:
    """Delete every mail in `folder`."""
    for path in mail_files(folder):
        path.unlink(missing_ok=True)


def is_mail_name(name: str) -> bool:
    """Say whether `name` can be a mail's file, and nothing outside its folder."""
    return bool(_NAME.fullmatch(name))


def kept_at(name: str) -> datetime:
    """Return when the mail of that file name came."""
    return datetime.fromtimestamp(int(name.partition("-")[0]) / _NANOSECONDS, UTC)
