"""Finds the Chromium of this machine."""

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """Return where Chromium is, from `CHROMIUM` or the usual names; None where there is none."""
    asked = os.environ.get("CHROMIUM")
    return asked or next(filter(None, map(shutil.which, _NAMES)), None)
