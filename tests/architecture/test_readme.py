"""The README tells the truth about where things are."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
README = PROJECT / "README.md"


def rows_of_where_is() -> list[str]:
    """Return the rows of the table below the heading "Where is …?"."""
    section = README.read_text(encoding="utf-8").partition("\n## Where is …?\n")[2]
    return [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("|")]


def paths_in(row: str) -> list[str]:
    """Return what stands in code marks or is the target of a link, as long as it is a path."""
    marked = re.findall(r"`([^`]+)`", row) + re.findall(r"\]\(([^)#]+)\)", row)
    return [text for text in marked if "/" in text or "." in text if "://" not in text]


def test_every_path_in_the_table_exists():
    paths = [path for row in rows_of_where_is() for path in paths_in(row)]
    assert paths
    assert [path for path in paths if not any(PROJECT.glob(path.rstrip("/")))] == []


def test_local_links_and_pictures_exist():
    targets = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    local = [
        target for target in targets if "://" not in target and not target.startswith("mailto")
    ]
    assert [target for target in local if not (PROJECT / target).exists()] == []


def test_the_two_commands_are_on_the_first_screen():
    first_screen = README.read_text(encoding="utf-8").splitlines()[:60]
    for command in ("python3 manage.py start", "python3 manage.py test"):
        assert any(command in line for line in first_screen)
