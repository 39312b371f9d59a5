"""The first thing one sees of the repository stays as small as it was agreed."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LEFT_BEHIND_BY_RUNNING = {"var", "__pycache__"}


def test_top_level_has_exactly_these_entries():
    entries = {path.name for path in PROJECT.iterdir() if not path.name.startswith(".")}
    assert entries - LEFT_BEHIND_BY_RUNNING == {
        "manage.py",
        "portal",
        "courses",
        "assessments",
        "templates",
        "static",
        "tests",
        "requirements.txt",
        "requirements-dev.txt",
        "pyproject.toml",
        "Dockerfile",
        "docker-compose.yml",
        "README.md",
        "LICENSE",
    }
