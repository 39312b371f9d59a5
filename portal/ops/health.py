"""What machines ask: does the process live, and can it serve people now?"""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

HEARTBEAT_KEY = "ops:heartbeat"
_BROKER_PATIENCE_SECONDS = 2
_migrated: set[str] = set()


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process does."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Check what a page needs; 503 when something is missing.

    The age of the last heartbeat tells whether worker and beat do their work. It does not count:
    pages are served without them, and a proxy must not take them away.
    """
    checks = {
        "database": _works(_ask_database),
        "migrations": _works(_ask_migrations),
        "broker": _works(_ask_broker),
    }
    is_ready = all(checks.values())
    return JsonResponse(
        {
            "status": "ok" if is_ready else "unavailable",
            "checks": {name: "ok" if works else "failing" for name, works in checks.items()},
            "background": {"heartbeat_age_seconds": heartbeat_age() if checks["broker"] else None},
        },
        status=200 if is_ready else 503,
    )


def beat_once() -> None:
    """Leave a sign that beat, broker and a worker work together."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=None)


def heartbeat_age() -> int | None:
    """Return how many seconds ago the last heartbeat was, None when there was none."""
    try:
        at = cache.get(HEARTBEAT_KEY)
    except RedisError:
        return None
    return None if at is None else max(0, round(time.time() - at))


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, RedisError, OSError):
        return False


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _ask_migrations() -> bool:
    """Say whether no migration waits; once that is so, it stays so for this process."""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True


def _ask_broker() -> bool:
    client = Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_connect_timeout=_BROKER_PATIENCE_SECONDS,
        socket_timeout=_BROKER_PATIENCE_SECONDS,
    )
    with client:
        return bool(client.ping())
