"""Small files: whole or not there at all, and private."""

import stat
from pathlib import Path

from portal.ops.files import kept_secret, read_json, write_private


def test_a_secret_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    first = kept_secret(secret)
    assert (kept_secret(secret), len(first) > 40) == (first, True)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_what_is_written_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    path.write_text("a much longer text than the next")
    write_private(path, '{"a": 1}')
    assert (read_json(path), list(tmp_path.iterdir())) == ({"a": 1}, [path])


def test_a_rest_of_a_broken_write_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    (tmp_path / "stamps.json.new").write_text("half")
    write_private(path, "{}")
    assert read_json(path) == {}


def test_a_missing_or_broken_file_counts_as_empty(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("")
    assert (read_json(tmp_path / "missing.json"), read_json(broken)) == ({}, {})
