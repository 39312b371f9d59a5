"""Starting and ending operating-system processes so that none is left behind."""

import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

from portal.ops.files import open_private

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_PROC = Path("/proc")
_POLL_SECONDS = 0.02
_LOG_LIMIT_BYTES = 5_000_000


def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | int,
    cwd: Path | str = "/",
    death_signal: signal.Signals = signal.SIGTERM,
    account: tuple[int, int] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own, which gets `death_signal` if we are killed.

    Call it from the main thread: Linux ties the death signal to the thread that forked. `account`
    is the user and group id to drop to.
    """
    user, group = account or (None, None)
    return subprocess.Popen(
        command,
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        umask=0o077,
        user=user,
        group=group,
        extra_groups=[] if account else None,
        preexec_fn=_die_with_parent(os.getpid(), death_signal),  # noqa: PLW1509  (no threads here)
    )


def command_line(pid: int) -> str | None:
    """Return what process `pid` was started with, or None when there is no such process."""
    if _PROC.exists():
        try:
            raw = (_PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            return None
        return raw.rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace") or None
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    found = subprocess.run(ps, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def wait_until(is_done: Callable[[], bool], *, seconds: float) -> bool:
    """Ask `is_done` again and again for at most `seconds`; return its last answer."""
    until = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() >= until:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def signal_group(pid: int, number: signal.Signals) -> None:
    """Send a signal to the group that `pid` leads; a group that is gone is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def end_process(
    pid: int, is_gone: Callable[[], bool], steps: Iterable[tuple[signal.Signals, float]]
) -> None:
    """Send `pid` each signal in turn and wait its seconds, until `is_gone` says so."""
    for number, seconds in steps:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if wait_until(is_gone, seconds=seconds):
            return


def free_port(preferred: int | None = None) -> int:
    """Return `preferred` when nothing listens there on this machine, else a port free now."""
    if preferred and not is_busy(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_busy(port: int) -> bool:
    """Say whether something listens on `port` of localhost, in IPv4 or IPv6."""
    return _is_taken(socket.AF_INET, "127.0.0.1", port) or _is_taken(socket.AF_INET6, "::1", port)


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to; a long one is put aside first, in place of the one before."""
    if path.exists() and path.stat().st_size > _LOG_LIMIT_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return open(path, "ab", opener=open_private)


def _is_taken(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error.errno in (errno.EADDRINUSE, errno.EACCES)
    return False


def _die_with_parent(parent: int, number: signal.Signals) -> Callable[[], None] | None:
    if _LIBC is None:
        return None
    prctl = _LIBC.prctl

    def ask_the_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel
