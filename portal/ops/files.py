"""Small files that must be whole, private or both, whenever the power goes."""

import json
import os
import secrets
from pathlib import Path
from typing import Any


def open_private(path: str | Path, flags: int) -> int:
    """Open a file that only its owner may read; an `opener` for `open`."""
    return os.open(path, flags, 0o600)


def write_private(path: Path, text: str) -> None:
    """Replace what is in `path`, at once and on disk; only we may read it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with open(fresh, "w", opener=open_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in `path`, empty when there is none."""
    try:
        return dict(json.loads(path.read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def kept_secret(path: Path) -> str:
    """Return the secret in `path`, which is made on the first call."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()
