"""The embedded PostgreSQL: it starts anywhere, keeps what was committed and comes back."""

import os
import socket
import stat
import subprocess
from pathlib import Path

import psycopg2
import pytest

from portal.ops import postgres as postgres_module
from portal.ops.processes import command_line, spawn, wait_until
from portal.ops.servers import EmbeddedPostgres, ServerError, embedded_postgres

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_a_fresh_server_speaks_utf8_and_folds_case_beyond_ascii(server: EmbeddedPostgres) -> None:
    assert ask(
        server.url,
        "SELECT current_database(), current_user, getdatabaseencoding(), datlocprovider,"
        " lower('ÁÑ') FROM pg_database WHERE datname = current_database()",
    ) == [("attune", "attune", "UTF8", "b", "áñ")]


def test_a_wrong_password_is_refused(server: EmbeddedPostgres) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(f"postgres://attune:wrong@127.0.0.1:{server.port}/attune")


def test_only_we_can_read_the_password(server: EmbeddedPostgres) -> None:
    assert stat.S_IMODE((server.data_dir / "password").stat().st_mode) == 0o600


def test_it_listens_on_this_machine_only(server: EmbeddedPostgres) -> None:
    assert ask(server.url, "SHOW listen_addresses") == [("127.0.0.1",)]
    assert ask(server.url, "SHOW unix_socket_directories") == [("",)]


def test_rows_are_there_after_stop_and_start(server: EmbeddedPostgres) -> None:
    ask(server.url, "CREATE TABLE stopped AS SELECT 'kept' AS words")
    server.stop()
    assert server.pid is None
    server.start()
    assert ask(server.url, "SELECT words FROM stopped") == [("kept",)]


def test_rows_are_there_after_kill_9_and_the_address_stays(server: EmbeddedPostgres) -> None:
    before = server.url
    ask(server.url, "CREATE TABLE killed AS SELECT 'kept' AS words")
    server.kill()
    assert server.poll() == -9
    server.start()
    assert ask(before, "SELECT words FROM killed") == [("kept",)]


def test_a_second_launcher_over_the_same_data_is_refused(server: EmbeddedPostgres) -> None:
    with pytest.raises(ServerError, match="Another Attune already uses"):
        embedded_postgres(server.data_dir).start()
    assert server.pid is not None


def test_a_busy_port_is_replaced_by_a_free_one(server: EmbeddedPostgres) -> None:
    server.stop()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        with embedded_postgres(server.data_dir, port=busy) as again:
            assert again.port != busy
            assert ask(again.url, "SELECT 1") == [(1,)]


def test_a_stale_process_id_of_another_program_does_not_stop_the_start(
    server: EmbeddedPostgres,
) -> None:
    server.kill()
    pid_file = server.cluster / "postmaster.pid"
    account = (pid_file.stat().st_uid, pid_file.stat().st_gid) if os.geteuid() == 0 else None
    innocent = spawn(["sleep", "60"], env={}, output=subprocess.DEVNULL, account=account)
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(innocent.pid), *lines[1:]]) + "\n")
    try:
        server.start()
        assert ask(server.url, "SELECT 1") == [(1,)]
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_a_server_that_outlived_its_launcher_is_ended_first(server: EmbeddedPostgres) -> None:
    leftover = server.pid
    assert leftover is not None
    server._process = None  # as if the launcher had been killed: its lock is gone, its child is not
    server.stop()
    with embedded_postgres(server.data_dir, port=0) as again:
        assert wait_until(lambda: command_line(leftover) is None, seconds=5)
        assert ask(again.url, "SELECT 1") == [(1,)]


def test_data_of_another_major_version_are_refused(server: EmbeddedPostgres) -> None:
    server.stop()
    version = server.cluster / "PG_VERSION"
    major = version.read_text()
    version.write_text("9\n")
    try:
        with pytest.raises(ServerError, match="belong to PostgreSQL 9, but this is PostgreSQL"):
            server.start()
    finally:
        version.write_text(major)


def test_a_folder_without_postgresql_is_named(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDED_PG_BIN", str(open_folder))
    with pytest.raises(ServerError, match=f"no PostgreSQL in {open_folder}"):
        embedded_postgres(open_folder / "postgres").start()


def test_a_first_start_that_broke_off_is_begun_again(open_folder: Path) -> None:
    half = open_folder / "postgres" / "cluster.new" / "base"
    half.mkdir(parents=True)
    with embedded_postgres(open_folder / "postgres", durable=False, port=0) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]
        assert not half.exists()


def test_the_address_of_another_database(server: EmbeddedPostgres) -> None:
    assert ask(server.url_of("postgres"), "SELECT current_database()") == [("postgres",)]


@as_root
def test_the_server_does_not_run_as_root(server: EmbeddedPostgres) -> None:
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0


@as_root
def test_data_move_to_an_open_place_when_the_checkout_is_closed(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    place = open_folder / "for-all"
    monkeypatch.setattr(postgres_module, "PLACE_FOR_ALL", place)
    closed = open_folder / "home"
    closed.mkdir(mode=0o700)
    before = os.umask(0o077)  # a careful root's, which must not close the open place as well
    request.addfinalizer(lambda: os.umask(before))
    with embedded_postgres(closed / "postgres", durable=False, port=0) as server:
        ask(server.url, "CREATE TABLE note AS SELECT 'kept' AS words")
        elsewhere = server.cluster.parent
        assert elsewhere.parent == place
    with embedded_postgres(closed / "postgres", durable=False, port=0) as server:
        assert ask(server.url, "SELECT words FROM note") == [("kept",)]
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        server.wipe()
    assert not elsewhere.exists()


@as_root
def test_a_place_that_others_can_change_is_refused(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = open_folder / "for-all"
    place.mkdir()
    place.chmod(0o777)
    monkeypatch.setattr(postgres_module, "PLACE_FOR_ALL", place)
    closed = open_folder / "home"
    closed.mkdir(mode=0o700)
    with pytest.raises(ServerError, match="only root changes"):
        embedded_postgres(closed / "postgres").start()


def test_a_stop_is_in_good_order_so_that_the_next_start_has_nothing_to_mend(
    server: EmbeddedPostgres,
) -> None:
    server.stop()
    earlier = server.log_path.stat().st_size
    server.start()
    said = server.log_path.read_bytes()[earlier:].decode()
    assert "database system was shut down at" in said
    assert "not properly shut down" not in said
