"""What the person at the console reads once the first page answers, and what goes wrong later."""

import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE_SECONDS = 60.0


@dataclass
class Greeting:
    """Says `lines` as soon as the web server answers, and passes on what it writes to its log."""

    web_port: int
    lines: Sequence[str]
    web_log: Path
    began: float
    say: Callable[[str], None]
    _since: float = field(default_factory=time.monotonic)
    _has_spoken: bool = False
    _read_up_to: int = 0

    def __post_init__(self) -> None:
        if self.web_log.exists():
            self._read_up_to = self.web_log.stat().st_size

    def on_tick(self) -> None:
        """Do both, as often as the supervisor looks around."""
        if not self._has_spoken:
            self._greet_when_up()
        self._pass_on_log()

    def _greet_when_up(self) -> None:
        now = time.monotonic()
        if answers(self.web_port):
            self._has_spoken = True
            self.say("\n".join(["", f"Ready after {now - self.began:.1f} s.", "", *self.lines, ""]))
        elif now - self._since > _PATIENCE_SECONDS:
            self._has_spoken = True
            self.say(f"The web server does not answer yet; {self.web_log} may say why.")

    def _pass_on_log(self) -> None:
        if not self.web_log.exists():
            return
        size = self.web_log.stat().st_size
        if size > self._read_up_to:
            with self.web_log.open("rb") as log:
                log.seek(self._read_up_to)
                self.say(log.read(size - self._read_up_to).decode(errors="replace").rstrip())
        self._read_up_to = size


def answers(port: int) -> bool:
    """Say whether a web server answers on this machine's `port`, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/live", headers={"Host": f"localhost:{port}"})
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
