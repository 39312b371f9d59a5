"""What must not stand in any file of the repository."""

import ast
import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_HOMES = "|".join(["work", "root", "tmp", r"home/\w+", r"Users/\w+"])
# A path of one machine. Behind a letter, a dot or a brace it is part of something else.
MACHINE_PATH = re.compile(rf"(?<![\w.$}}\])/])/(?:{_HOMES})/[a-z]")
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "HA" + "CK:"]))
LONGEST_MODULE = 400


def our_files(*endings: str) -> list[Path]:
    """Return the text files of the repository, vendored ones left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    paths = [PROJECT / name for name in names.stdout.splitlines()]
    return [
        path
        for path in paths
        if path.is_file() and "vendor" not in path.parts and _is_text(path)
        if not endings or path.name.endswith(endings)
    ]


def our_modules() -> list[Path]:
    """Return the Python files that somebody wrote by hand."""
    return [path for path in our_files(".py") if "migrations" not in path.parts]


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def is_empty(path: Path) -> bool:
    """Say whether a file holds nothing but space."""
    return not path.read_text(encoding="utf-8").strip()


def has_docstring(path: Path) -> bool:
    """Say whether a module says what it is."""
    return bool(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))))


def _is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Return each line that matches, as `file:line: text`."""
    return [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(lines_of(path), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_one_machine():
    assert lines_with(MACHINE_PATH, our_files()) == []


def test_nothing_is_left_unfinished():
    assert lines_with(UNFINISHED, our_files(".py", ".html", ".js", ".css", ".yml", ".toml")) == []


def test_no_test_is_skipped_without_a_reason():
    skipped = re.compile(r"pytest\.mark\.(skip|xfail)\b(?!.*reason=)")
    assert lines_with(skipped, our_files(".py")) == []


def test_no_check_is_silenced_without_a_reason():
    silenced = re.compile(r"# (?:type: ignore\[[a-z-]+\]|noqa: [A-Z0-9, ]+?)\s*$")
    assert lines_with(silenced, our_files(".py")) == []


def test_modules_are_short_enough_to_hold_one_noun():
    lengths = {str(path.relative_to(PROJECT)): len(lines_of(path)) for path in our_modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_opens_with_what_lives_there():
    silent = [path for path in our_modules() if not is_empty(path) and not has_docstring(path)]
    assert [str(path.relative_to(PROJECT)) for path in silent] == []
