"""How long processes have been on a CPU, from Linux's own count in nanoseconds."""

from collections.abc import Iterable
from pathlib import Path


def seconds_on_cpu(pids: Iterable[int]) -> float:
    """Return the CPU seconds of these processes with all their threads so far."""
    total = 0
    for pid in pids:
        for schedstat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(schedstat.read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue  # the thread ended in between
    return total / 1e9


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
