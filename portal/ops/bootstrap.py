"""From a bare Python to one with Attune's packages: only the standard library is needed here."""

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from portal.ops.files import read_json, write_private

KEPT_ENVIRONMENT = Path("var/environment.json")
_VENV_PACKAGE = "python3-venv"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:==([^\s;#]+))?")


def ensure_installed(project: Path, requirements: str) -> None:
    """Make sure that what `requirements` lists is there, and that we run where it is.

    A Python without Django hands over to the project's own `.venv`, which is made when missing and
    installed again when the list has changed. Any other Python is left as it is.
    """
    own = project / ".venv"
    is_own = own.exists() and Path(sys.prefix).resolve() == own.resolve()
    if not is_own and find_spec("django"):
        _report_differences(project / requirements)
        return
    python = own / "bin" / "python"
    with _only_one_at_a_time(project):
        if not is_own and not _works(python):
            _make_venv(own)
        _install(python, own / "installed.json", project / requirements)
    if not is_own:
        os.execv(python, [str(python), *sys.argv])  # noqa: S606  (no shell is what we want)


def adopt_environment(project: Path) -> None:
    """Let other commands use the servers and the secrets of `start`, unless told of others."""
    if "DATABASE_URL" not in os.environ:
        for name, value in read_json(project / KEPT_ENVIRONMENT).items():
            os.environ.setdefault(name, value)


def digest(requirements: Path) -> str:
    """Return a hash of what a requirements file and those it includes ask for."""
    lines = [line for path in _files(requirements) for line in _lines(path)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def differences(requirements: Path) -> tuple[list[str], list[str]]:
    """Return which listed packages are missing here, and which have another version."""
    missing, other = [], []
    for name, wanted in _pins(requirements):
        try:
            found = version(name)
        except PackageNotFoundError:
            missing.append(name)
            continue
        if wanted and found != wanted:
            other.append(f"{name} {found} instead of {wanted}")
    return missing, other


def _report_differences(requirements: Path) -> None:
    missing, other = differences(requirements)
    advice = f"`{sys.executable} -m pip install -r {requirements.name}` puts that right."
    if missing:
        sys.exit(f"This Python has Django, but not {', '.join(missing)}. {advice}")
    if other:
        print(f"This Python has {', '.join(other)}. {advice}", file=sys.stderr)


def _install(python: Path, stamp: Path, requirements: Path) -> None:
    stamps = read_json(stamp)
    wanted = digest(requirements)
    if stamps.get(requirements.name) == wanted:
        return
    print(f"Installing {requirements.name} into {python.parent.parent} …", flush=True)
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*pip, "-r", str(requirements)], check=False).returncode:
        sys.exit(f"Installing {requirements.name} did not work; the lines above say why.")
    write_private(stamp, json.dumps(stamps | {requirements.name: wanted}))


def _make_venv(folder: Path) -> None:
    if not find_spec("venv") or not find_spec("ensurepip"):
        sys.exit(
            f"Python's venv is missing: install {_VENV_PACKAGE} (`apt install {_VENV_PACKAGE}`)."
        )
    print(f"Making {folder} …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=False)
    if made.returncode:
        sys.exit(f"{folder} could not be made; the lines above say why.")


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    answer = subprocess.run([python, "-c", "import pip"], capture_output=True, check=False)
    return answer.returncode == 0


def _pins(requirements: Path) -> Iterator[tuple[str, str | None]]:
    for path in _files(requirements):
        for line in _lines(path):
            if not line.startswith("-") and (found := _REQUIREMENT.match(line)):
                yield found.group(1), found.group(2)


def _files(requirements: Path) -> Iterator[Path]:
    for line in _lines(requirements):
        if line.startswith("-r "):
            yield from _files(requirements.parent / line[3:].strip())
    yield requirements


def _lines(path: Path) -> list[str]:
    lines = [line.partition("#")[0].strip() for line in path.read_text().splitlines()]
    return [line for line in lines if line]


@contextmanager
def _only_one_at_a_time(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
