"""How long processes have been on a CPU, from Linux's own count in nanoseconds."""

from collections.abc import Iterable, Mapping
from pathlib import Path


def seconds_on_cpu(pids: Iterable[int]) -> float:
    """Return the CPU seconds of these processes with all their threads so far."""
    return sum(seconds_of_each(pids).values())


def seconds_of_each(pids: Iterable[int]) -> dict[int, float]:
    """Return the CPU seconds of each process with all its threads so far."""
    found: dict[int, float] = {}
    for pid in pids:
        for schedstat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                seconds = int(schedstat.read_text().split()[0]) / 1e9
            except (FileNotFoundError, ProcessLookupError):
                continue  # the thread ended in between
            found[pid] = found.get(pid, 0) + seconds
    return found


def seconds_between(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    """Return the CPU seconds in between of all that was there the whole time.

    PostgreSQL starts and ends helpers of its own, which belong to no request.
    """
    return sum(after[pid] - before[pid] for pid in before.keys() & after.keys())


def children_of(pid: int) -> list[int]:
    """Return the processes that `pid` started and that are still there."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found
