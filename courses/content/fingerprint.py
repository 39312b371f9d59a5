"""What tells one piece of content from another."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def fingerprint(content: Mapping[str, Any], media: Mapping[str, str]) -> str:
    """Return the SHA-256, in hex, of content and media in one canonical spelling."""
    canonical = json.dumps(
        {"content": content, "media": media}, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
