"""The steps of the set-up: done when something has changed, skipped when nothing has."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from portal.ops.servers import EmbeddedPostgres
from portal.ops.steps import Step, StepFailed, Steps, database_mark, fingerprint

MANAGE = """
import sys
from pathlib import Path
with Path("ran.txt").open("a") as file:
    file.write(" ".join(sys.argv[1:]) + chr(10))
print("said", Path("library/a.yaml").read_text())
sys.exit(3 if "fail" in sys.argv else 0)
"""
LOAD = Step("library", "Loading", ["library", "load"], reads=["library/**/*"])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "manage.py").write_text(MANAGE)
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "a.yaml").write_text("one")
    return tmp_path


@pytest.fixture
def steps(project: Path, server: EmbeddedPostgres) -> Steps:
    env = {"DATABASE_URL": server.url, "PATH": os.defpath}
    return Steps(project, project / "stamps.json", project / "set-up.log", env)


@pytest.fixture
def migrations_table(server: EmbeddedPostgres) -> Iterator[None]:
    execute(server, "CREATE TABLE django_migrations (id int, name text, applied timestamptz)")
    execute(server, "INSERT INTO django_migrations VALUES (1, 'one', now())")
    yield
    execute(server, "DROP TABLE django_migrations")


def execute(server: EmbeddedPostgres, sql: str) -> None:
    connection = psycopg2.connect(server.url)
    with connection, connection.cursor() as cursor:
        cursor.execute(sql)
    connection.close()


def runs(project: Path) -> list[str]:
    return (project / "ran.txt").read_text().splitlines()


def test_a_step_runs_once_and_what_it_said_is_kept(steps: Steps, project: Path) -> None:
    assert [steps.run(LOAD), steps.run(LOAD)] == ["said one", "said one"]
    assert runs(project) == ["library load"]


def test_a_step_runs_again_when_what_it_reads_has_changed(steps: Steps, project: Path) -> None:
    steps.run(LOAD)
    (project / "library" / "a.yaml").write_text("two")
    assert steps.run(LOAD) == "said two"
    assert runs(project) == ["library load", "library load"]


def test_a_step_runs_again_in_another_database(
    steps: Steps, project: Path, migrations_table: None, server: EmbeddedPostgres
) -> None:
    steps.run(LOAD)
    execute(server, "UPDATE django_migrations SET applied = now() + interval '1 s'")
    steps.run(LOAD)
    assert len(runs(project)) == 2


def test_a_step_runs_again_when_what_it_makes_is_gone(steps: Steps, project: Path) -> None:
    made = project / "made.json"
    step = Step("static", "Collecting", ["collectstatic"], reads=[], makes=made)
    steps.run(step)
    steps.run(step)
    made.touch()
    steps.run(step)
    assert len(runs(project)) == 2


def test_a_failing_step_shows_its_last_words_and_is_tried_again(
    steps: Steps, project: Path
) -> None:
    step = Step("demo", "Staging", ["demo", "fail"], reads=[])
    for _ in range(2):
        with pytest.raises(StepFailed, match=r"`manage.py demo fail` did not work:\nsaid one"):
            steps.run(step)
    assert len(runs(project)) == 2


def test_the_fingerprint_sees_names_and_contents_but_not_dates(project: Path) -> None:
    library = project / "library"
    first = fingerprint(project, ["library/**/*"])
    os.utime(library / "a.yaml", (1, 1))
    assert fingerprint(project, ["library/**/*"]) == first
    (library / "a.yaml").rename(library / "b.yaml")
    assert fingerprint(project, ["library/**/*"]) != first


def test_a_new_database_has_no_mark(server: EmbeddedPostgres) -> None:
    assert database_mark(server.url) == "empty"


def test_a_database_that_does_not_answer_is_named_as_the_cause(server: EmbeddedPostgres) -> None:
    url = server.url
    server.stop()
    with pytest.raises(StepFailed, match="The database does not answer"):
        database_mark(url)
