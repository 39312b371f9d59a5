"""What tells one piece of content from another."""

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    """Something in a cache, known by its words or what stands for them.

    `value` itself is not compared: it is there for whoever has to work it out the first time.
    """

    by: Hashable
    value: T = field(compare=False)


def fingerprint(content: Mapping[str, Any], media: Mapping[str, str]) -> str:
    """Return the SHA-256, in hex, of content and media in one canonical spelling."""
    canonical = json.dumps(
        {"content": content, "media": media}, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
