"""`manage.py library check|load|dump`: the curriculum's files, checked, published or written."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.actions.framing import load_frame
from courses.actions.loading import load_library
from courses.actions.programmes import publish_programme
from courses.content.bots import RANDOM_RUNS, SEED, play_all, random_endings
from courses.content.checks import check_content
from courses.content.findings import Severity
from courses.content.form_rules import picked_by_form
from courses.content.library import ActivityFiles, CourseFiles, read_library
from courses.content.parsing import ContentError
from courses.content.programme import read_programmes
from courses.content.scenario import Scenario, parse_scenario
from courses.content.skill_frame import FILE_NAME, read_frame_file
from courses.models import Course
from courses.queries.exporting import course_files, shared_files
from portal.kit.clock import now


class Command(BaseCommand):
    """Check the curriculum's files, publish what has changed in them, or write them."""

    help = "Check the curriculum's files, publish what is new or changed, or write what is live."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and where the files are."""
        parser.add_argument("action", choices=["check", "load", "dump"])
        parser.add_argument("--folder", type=Path, help="for dump: an empty or a new folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything first: one broken file stops the whole load."""
        if options["action"] == "dump":
            self._dump(options["folder"])
            return
        folder = options["folder"] or settings.LIBRARY_ROOT
        try:
            courses = read_library(folder)
            frame = _frame_in(folder)
            programmes = read_programmes(folder)
        except ContentError as error:
            raise CommandError(f"Nothing was changed.\n{error}") from None
        self.stdout.write(_counted(courses))
        is_check = options["action"] == "check"
        self._check(courses, is_told_all=is_check)
        if not is_check:
            if frame:
                load_frame(frame, at=now())
            result = load_library(courses, by=None, at=now())
            for slug, raw in programmes.items():
                publish_programme(slug, raw, by=None, at=now())
            self.stdout.write(f"{result.published} of {result.activities} activities published.")

    def _dump(self, folder: Path | None) -> None:
        """Write every course and program as learners meet it now, into a folder of its own."""
        if folder is None or (folder.exists() and any(folder.iterdir())):
            raise CommandError("Name an empty or a new folder with --folder. Nothing was written.")
        courses = Course.objects.on_offer()
        files = [course_files(course) for course in courses] + [shared_files()]
        for name, content in sorted(item for of_one in files for item in of_one.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.stdout.write(f"{_number_of('course', len(courses))} written to {folder}.")

    def _check(self, courses: tuple[CourseFiles, ...], *, is_told_all: bool) -> None:
        """Stop at errors; tell all that the checks say, and where the bots' calls end."""
        errors: list[str] = []
        for module, activity in _activities(courses):
            files = frozenset(one.name for one in activity.media)
            for one in check_content(activity.kind, activity.raw, files=files):
                line = f"{module}/{activity.slug}: {one}"
                if one.severity is Severity.ERROR:
                    errors.append(line)
                elif is_told_all and one.severity is Severity.WARNING:
                    self.stdout.write(line)
            if is_told_all and activity.kind == "scenario":
                self._print_bots(module, parse_scenario(activity.raw))
        if errors:
            raise CommandError("\n".join(["Nothing was changed.", *errors]))
        if is_told_all:
            self._print_form_rules(courses)

    def _print_form_rules(self, courses: tuple[CourseFiles, ...]) -> None:
        """Say how far one comes who sees no patient and picks replies by their form."""
        raws = [one.raw for _module, one in _activities(courses) if one.kind == "scenario"]
        found = picked_by_form(map(parse_scenario, raws))
        if found:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in found.shares)
            chance = f"{found.moments} moments (by chance {found.chance:.0%})"
            self.stdout.write(f"The best reply found by its form alone, in {chance}: {shares}")

    def _print_bots(self, module: str, scenario: Scenario) -> None:
        for card in scenario.cards:
            runs = play_all(scenario, card)
            ends = ", ".join(f"{run.bot} at {run.state.moment}" for run in runs)
            chance = ", ".join(
                f"{share:.0%} {place}" for place, share in random_endings(scenario, card).items()
            )
            self.stdout.write(f"{module}: {scenario.title}, {card.name}: {ends}")
            self.stdout.write(f"  of {RANDOM_RUNS} random runs (seed {SEED}): {chance}")


def _frame_in(folder: Path) -> dict[str, Any] | None:
    """Return the skill frame of a folder, None where it has only courses."""
    return read_frame_file(folder) if (folder / FILE_NAME).exists() else None


def _activities(courses: tuple[CourseFiles, ...]) -> Iterator[tuple[str, ActivityFiles]]:
    for course in courses:
        for module in course.modules:
            yield from ((f"{course.slug}/{module.slug}", one) for one in module.activities)


def _counted(courses: tuple[CourseFiles, ...]) -> str:
    modules = [module for course in courses for module in course.modules]
    kinds = [activity.kind for module in modules for activity in module.activities]
    counts = ", ".join(_number_of(kind, kinds.count(kind)) for kind in sorted(set(kinds)))
    return f"{_number_of('course', len(courses))}, {_number_of('module', len(modules))}: {counts}."


def _number_of(word: str, count: int) -> str:
    plural = {"quiz": "quizzes"}.get(word, f"{word}s")
    return f"{count} {word if count == 1 else plural}"
