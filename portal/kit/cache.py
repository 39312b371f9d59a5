"""A cache that pages can live without: while its server is away, everything is a miss."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

# For so long nobody asks a server again that did not answer, so that a page waits for it once.
_PAUSE_SECONDS = 2.0
_asked_again_at: dict[str, float] = {}

T = TypeVar("T")
logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis or Valkey as Django's cache, where no answer means: not there, and never an error.

    Adding a key succeeds without a server, so that a lock or a limit lets people through. What
    could not be deleted may come back with the server.
    """

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._ask(True, super().add, key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask(default, super().get, key, default, version)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._ask(None, super().set, key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(False, super().touch, key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask(False, super().delete, key, version)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return self._ask({}, super().get_many, keys, version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._ask(False, super().has_key, key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._ask(delta, super().incr, key, delta, version)

    def set_many(
        self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        return self._ask(list(data), super().set_many, data, timeout, version)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self._ask(None, super().delete_many, keys, version)

    def clear(self) -> None:
        self._ask(None, super().clear)

    def _ask(self, otherwise: T, question: Callable[..., T], *details: Any) -> T:
        server = str(self._servers)  # type: ignore[attr-defined]  # Django's, not in its stubs
        if time.monotonic() < _asked_again_at.get(server, 0.0):
            return otherwise
        try:
            return question(*details)
        except RedisError as error:
            _asked_again_at[server] = time.monotonic() + _PAUSE_SECONDS
            logger.warning("The cache is away, pages go on without it: %s", error)
            return otherwise


class BriefRedisCache(ForgivingRedisCache):
    """The same for what must not be stale for long: nothing stays longer than TIMEOUT."""

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> int | None:
        longest = super().get_backend_timeout()
        wished = super().get_backend_timeout(timeout)
        if wished is None or longest is None:
            return longest  # type: ignore[return-value]  # seconds; Django's stubs say float
        return int(min(wished, longest))
