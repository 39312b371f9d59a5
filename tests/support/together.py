"""Several people, or several tabs of one person, doing something at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def all_at_once(works: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Do each work in a thread with a database connection of its own, all let go together.

    Returns what each returned or raised, in order. Needs `transactional_db`.
    """
    gate = threading.Barrier(len(works))

    def at_the_gate(work: Callable[[], T]) -> T | Exception:
        gate.wait()
        try:
            return work()
        except Exception as error:  # noqa: BLE001  # the test says which ones it expects
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(at_the_gate, works))
