"""The way from a bare Python to one with Attune's packages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.ops import bootstrap
from portal.ops.bootstrap import adopt_environment, differences, digest, ensure_installed

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A requirements.txt and a requirements-dev.txt that includes it."""
    (tmp_path / "requirements.txt").write_text("# what runs\nDjango==5.2.19  # the frame\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9.2.0\n")
    return tmp_path


def test_the_digest_ignores_comments(lists: Path) -> None:
    before = digest(lists / "requirements.txt")
    (lists / "requirements.txt").write_text("# other words\n\nDjango==5.2.19\n")
    assert digest(lists / "requirements.txt") == before


def test_the_digest_changes_with_a_pin(lists: Path) -> None:
    before = digest(lists / "requirements.txt")
    (lists / "requirements.txt").write_text("Django==5.2.20\n")
    assert digest(lists / "requirements.txt") != before


def test_the_digest_covers_included_lists(lists: Path) -> None:
    before = digest(lists / "requirements-dev.txt")
    (lists / "requirements.txt").write_text("Django==5.2.20\n")
    assert digest(lists / "requirements-dev.txt") != before


def test_differences_between_a_list_and_this_python(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("Django\nno-such-package==1.0\npsycopg2-binary[extra]==0.1\n")
    missing, other = differences(wanted)
    assert missing == ["no-such-package"]
    assert [sentence.split()[0] for sentence in other] == ["psycopg2-binary"]
    assert other[0].endswith("instead of 0.1")


def test_a_foreign_python_with_django_is_left_as_it_is(
    lists: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lists / "requirements.txt").write_text("Django==1.0\n")
    ensure_installed(lists, "requirements.txt")
    assert "instead of 1.0" in capsys.readouterr().err
    assert not (lists / ".venv").exists()


def test_a_foreign_python_that_lacks_a_package_says_which(lists: Path) -> None:
    (lists / "requirements.txt").write_text("no-such-package==1.0\n")
    with pytest.raises(SystemExit, match="but not no-such-package"):
        ensure_installed(lists, "requirements.txt")


def test_one_line_names_the_package_that_brings_venv(
    lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        ensure_installed(lists, "requirements.txt")
    assert str(stopped.value).count("\n") == 0
    assert "python3-venv" in str(stopped.value)


def test_a_bare_python_gets_its_own_environment_once(tmp_path: Path) -> None:
    """With an empty list, so that nothing has to be downloaded."""
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "manage.py").write_text(
        f"import sys; sys.path.insert(0, {str(PROJECT)!r})\n"
        "from pathlib import Path\n"
        "from portal.ops.bootstrap import ensure_installed\n"
        "ensure_installed(Path(__file__).parent, 'requirements.txt')\n"
        "print('runs in', sys.prefix, sys.argv[1:])\n"
    )

    def start() -> list[str]:
        done = subprocess.run(
            # -S hides the installed packages: this is what a machine with bare Python is like.
            [sys.executable, "-S", "manage.py", "start", "--port", "9000"],
            cwd=tmp_path,
            env={"PATH": os.defpath, "PIP_NO_INDEX": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    own = tmp_path / ".venv"
    first, second = start(), start()
    assert first[:2] == [f"Making {own} …", f"Installing requirements.txt into {own} …"]
    assert first[-1] == f"runs in {own} ['start', '--port', '9000']"
    assert second == [first[-1]]
    assert list(json.loads((own / "installed.json").read_text())) == ["requirements.txt"]


def test_other_commands_adopt_what_start_has_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").mkdir()
    kept = {"DATABASE_URL": "postgres://kept", "SECRET_KEY": "kept"}
    (tmp_path / "var" / "environment.json").write_text(json.dumps(kept))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SECRET_KEY", "mine")
    adopt_environment(tmp_path)
    assert (os.environ["DATABASE_URL"], os.environ["SECRET_KEY"]) == ("postgres://kept", "mine")
    monkeypatch.delenv("DATABASE_URL")


def test_nothing_is_adopted_when_the_database_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "environment.json").write_text(json.dumps({"SECRET_KEY": "kept"}))
    monkeypatch.setenv("DATABASE_URL", "postgres://mine")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    adopt_environment(tmp_path)
    assert "SECRET_KEY" not in os.environ
