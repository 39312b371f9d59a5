"""`manage.py start`, as far as it can be seen without the whole product."""

import fcntl
import json
import os
import socket
from pathlib import Path

import pytest

from portal.ops.site import MailCatcher, environment, mail_catcher, processes, set_up
from portal.ops.start import main

MAIL = MailCatcher(smtp_port=2525, page_port=8026, folder=Path("mail"))
GIVEN = ("SITE_URL", "EMAIL_URL", "SECRET_KEY", "DEMO", "MEDIA_ROOT", "STATIC_ROOT")
URLS = {"DATABASE_URL": "postgres://ours", "REDIS_URL": "redis://ours"}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*GIVEN, *URLS):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_names_our_servers_and_keeps_its_secret(tmp_path: Path) -> None:
    env = environment(tmp_path, URLS, web_port=8001, mail=MAIL, has_demo=True)
    again = environment(tmp_path, URLS, web_port=8001, mail=MAIL, has_demo=True)
    assert {name: env[name] for name in (*URLS, *GIVEN)} == {
        **URLS,
        "SITE_URL": "http://localhost:8001",
        "EMAIL_URL": "smtp://127.0.0.1:2525",
        "SECRET_KEY": (tmp_path / "secret-key").read_text(),
        "DEMO": "1",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    assert len(env["SECRET_KEY"]) > 40
    assert again == env


def test_what_the_person_has_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://own")
    monkeypatch.setenv("EMAIL_URL", "smtp://own:25")
    monkeypatch.setenv("SITE_URL", "")
    redis_only = {"REDIS_URL": "redis://ours"}
    env = environment(tmp_path, redis_only, web_port=8000, mail=None, has_demo=False)
    assert {name: env[name] for name in (*URLS, "EMAIL_URL", "SITE_URL", "DEMO")} == {
        "DATABASE_URL": "postgres://own",
        "REDIS_URL": "redis://ours",
        "EMAIL_URL": "smtp://own:25",
        "SITE_URL": "http://localhost:8000",
        "DEMO": "0",
    }


def test_what_is_kept_for_other_commands_is_readable_by_us_alone(tmp_path: Path) -> None:
    environment(tmp_path, URLS, web_port=8000, mail=MAIL, has_demo=True)
    kept = tmp_path / "environment.json"
    assert sorted(json.loads(kept.read_text())) == sorted((*URLS, *GIVEN))
    assert kept.stat().st_mode & 0o077 == 0
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_mail_is_caught_unless_a_server_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mail_catcher(tmp_path) is not None
    monkeypatch.setenv("EMAIL_URL", "smtp://own:25")
    assert mail_catcher(tmp_path) is None


def test_without_the_demo_its_cast_stays_away() -> None:
    full = [step.name for step in set_up(Path("static"), has_demo=True)]
    assert full == ["migrate", "static", "library", "demo"]
    assert [step.name for step in set_up(Path("static"), has_demo=False)] == full[:-1]


def test_the_processes_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    names = [p.name for p in processes(tmp_path, {}, web_port=8000, mail=MAIL)]
    assert names == ["The web server", "The worker", "The clock (beat)", "The mail catcher"]
    assert len(processes(tmp_path, {}, web_port=8000, mail=None)) == 3


def test_a_wished_port_that_is_taken_stops_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        assert main(["--port", str(busy), "--var", str(tmp_path)]) == 1
    assert f"Port {busy} is taken." in capsys.readouterr().err


def test_a_second_start_names_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(json.dumps({"address": "http://localhost:8000", "pid": 4711}))
        lock.flush()
        assert main(["--var", str(tmp_path)]) == 1
    assert "Attune already runs here: http://localhost:8000." in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert main(["--var", str(closed / "var")]) == 1
    assert f"Attune may not use {closed / 'var'}" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_root_leaves_the_data_of_somebody_else_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.chown(tmp_path, 65534, 65534)
    assert main(["--var", str(tmp_path)]) == 1
    assert "belongs to the user with the id 65534" in capsys.readouterr().err
    assert not (tmp_path / "postgres").exists()
