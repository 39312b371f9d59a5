"""Loading the curriculum's files publishes what is new or changed, and nothing twice."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from courses.actions.importing import import_course
from courses.actions.loading import LoadResult, load_library
from courses.content.archive import pack
from courses.content.library import read_library
from courses.content.parsing import ContentError
from courses.models import (
    Activity,
    ContentRevision,
    Course,
    MediaFile,
    Module,
    RefresherVersion,
    SheetVersion,
)
from courses.queries.exporting import course_files
from tests.factories.contents import quiz_raw
from tests.factories.folders import (
    MODULE,
    PIXEL,
    lesson_with_picture,
    write_library,
    write_media,
    write_module,
    write_yaml,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.refreshers import refresher_raw
from tests.factories.sheets import job_aid_raw, lead_guide_raw

pytestmark = pytest.mark.django_db

LIBRARY = Path(__file__).resolve().parents[3] / "courses/library"
TUESDAY = MONDAY + timedelta(days=1)
PIXEL_SHA = hashlib.sha256(PIXEL).hexdigest()


@pytest.fixture(autouse=True)
def _own_media(tmp_path_factory, settings) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def load(root: Path, at=MONDAY, by=None) -> LoadResult:
    return load_library(read_library(root), by=by, at=at)


def everything_stored() -> list[list[dict]]:
    models = (Course, Module, Activity, ContentRevision, MediaFile)
    return [list(model.objects.order_by("pk").values()) for model in models]


def revision_of(slug: str) -> ContentRevision:
    return Activity.objects.get(slug=slug).live_revision


def test_a_course_comes_with_its_modules_and_published_activities(folder: Path) -> None:
    author = PersonFactory(author=True)

    assert load(folder, by=author) == LoadResult(activities=2, published=2)

    course, module = Course.objects.get(), Module.objects.get()
    assert (course.slug, course.title, course.skill) == (
        "first-course",
        "The first course",
        "listening",
    )
    assert (module.course, module.slug, module.objective) == (
        course,
        "first-module",
        "Let the caller finish.",
    )
    assert (module.behaviours, module.minutes) == (["AL1", "AL2"], 10)
    activities = module.activities.values_list("slug", "kind", "title", "minutes", "position")
    assert list(activities) == [
        ("a-lesson", "lesson", "A small lesson", 3, 1),
        ("a-quiz", "quiz", "A small quiz", 2, 2),
    ]
    assert revision_of("a-lesson").content == lesson_with_picture()
    assert revision_of("a-lesson").media == {"cover.png": PIXEL_SHA}
    assert revision_of("a-lesson").published_by == author
    assert revision_of("a-quiz").media == {}


def test_loading_again_changes_nothing(folder: Path) -> None:
    load(folder)
    before = everything_stored()
    assert load(folder, at=TUESDAY) == LoadResult(activities=2, published=0)
    assert everything_stored() == before


def test_a_changed_file_is_published_and_the_others_are_not(folder: Path) -> None:
    load(folder)
    write_yaml(folder / MODULE / "a-quiz.quiz.yaml", quiz_raw(title="A better quiz", minutes=4))

    assert load(folder, at=TUESDAY) == LoadResult(activities=2, published=1)

    assert (revision_of("a-lesson").number, revision_of("a-quiz").number) == (1, 2)
    quiz = Activity.objects.get(slug="a-quiz")
    assert (quiz.title, quiz.minutes) == ("A better quiz", 4)


def test_what_left_the_folder_stays_and_what_moved_gets_its_new_place(folder: Path) -> None:
    load(folder)
    write_module(folder, MODULE, title="Renamed", activities=["a-quiz.quiz"])

    assert load(folder) == LoadResult(activities=1, published=0)

    assert Module.objects.get().title == "Renamed"
    places = Activity.objects.order_by("slug").values_list("slug", "position")
    assert list(places) == [("a-lesson", 1), ("a-quiz", 1)]


def test_a_broken_file_changes_nothing(folder: Path) -> None:
    load(folder)
    before = everything_stored()
    write_module(folder, MODULE, title="Renamed")
    write_yaml(folder / MODULE / "a-quiz.quiz.yaml", quiz_raw(pass_mark=101))
    with pytest.raises(ContentError):
        load(folder)
    assert everything_stored() == before


def test_a_failure_in_the_middle_leaves_nothing_half_loaded(folder: Path) -> None:
    [course] = read_library(folder)
    [module] = course.modules
    lesson, quiz = module.activities
    activities = (lesson, replace(quiz, raw={"title": "Broken"}))
    broken = replace(course, modules=(replace(module, activities=activities),))

    with pytest.raises(ContentError):
        load_library([broken], by=None, at=MONDAY)

    assert not Course.objects.exists()
    assert not ContentRevision.objects.exists()


# Media


def test_media_are_kept_under_the_hash_of_their_bytes(folder: Path) -> None:
    load(folder)
    file = MediaFile.objects.get()
    assert (file.sha256, file.name, file.mime_type, file.size_bytes, file.added_at) == (
        PIXEL_SHA,
        "cover.png",
        "image/png",
        len(PIXEL),
        MONDAY,
    )
    with default_storage.open(file.storage_name) as stored:
        assert stored.read() == PIXEL


def test_the_same_bytes_are_stored_once_whatever_they_are_called(folder: Path) -> None:
    write_media(folder, MODULE, "twin.png", PIXEL)
    write_yaml(folder / MODULE / "twin.lesson.yaml", lesson_with_picture("twin.png"))
    activities = ["a-lesson.lesson", "twin.lesson", "a-quiz.quiz"]
    write_module(folder, MODULE, activities=activities)

    load(folder)

    assert MediaFile.objects.count() == 1
    assert revision_of("a-lesson").media == {"cover.png": PIXEL_SHA}
    assert revision_of("twin").media == {"twin.png": PIXEL_SHA}


def test_new_bytes_are_a_new_file_and_the_old_revision_keeps_the_old_ones(folder: Path) -> None:
    load(folder)
    old = revision_of("a-lesson")
    write_media(folder, MODULE, "cover.png", b"new bytes")

    assert load(folder).published == 1

    assert MediaFile.objects.count() == 2
    assert old.media == {"cover.png": PIXEL_SHA}
    assert revision_of("a-lesson").media == {"cover.png": hashlib.sha256(b"new bytes").hexdigest()}


@pytest.mark.parametrize("left_over", [None, PIXEL[:5]])
def test_a_file_that_a_crash_left_out_or_half_written_is_mended(
    folder: Path, left_over: bytes | None
) -> None:
    load(folder)
    path = Path(default_storage.path(MediaFile.objects.get().storage_name))
    path.unlink()
    if left_over is not None:
        path.write_bytes(left_over)

    load(folder)

    assert path.read_bytes() == PIXEL
    assert list(path.parent.iterdir()) == [path]


def test_the_real_curriculum_loads_once_and_goes_out_as_it_came_in() -> None:
    first = load(LIBRARY)
    assert first.published == first.activities >= 3
    assert load(LIBRARY).published == 0
    author = PersonFactory(author=True)
    for course in Course.objects.all():
        sent = pack(course_files(course))
        import_course(BytesIO(sent), by=author, at=TUESDAY)
        assert pack(course_files(course)) == sent
    assert ContentRevision.objects.count() == first.published
    hashes = {sha for one in ContentRevision.objects.all() for sha in one.media.values()}
    assert set(MediaFile.objects.values_list("pk", flat=True)) == hashes
    assert all(default_storage.exists(one.storage_name) for one in MediaFile.objects.all())


def test_refresher_cards_come_along_and_are_published_once(folder: Path) -> None:
    write_yaml(folder / MODULE / "refresher.yaml", refresher_raw("first"))
    load(folder)
    load(folder, at=TUESDAY)

    version = RefresherVersion.objects.get()
    assert (version.module, version.content) == (Module.objects.get(), refresher_raw("first"))


def test_the_job_aid_and_the_guide_come_along_and_are_published_once(folder: Path) -> None:
    write_yaml(folder / MODULE / "job-aid.yaml", job_aid_raw())
    write_yaml(folder / MODULE / "lead-guide.yaml", lead_guide_raw())
    load(folder)
    load(folder, at=TUESDAY)

    assert [one.kind for one in SheetVersion.objects.order_by("pk")] == ["job-aid", "lead-guide"]


def test_a_broken_job_aid_stops_the_load(folder: Path) -> None:
    write_yaml(folder / MODULE / "job-aid.yaml", job_aid_raw(steps=[]))
    with pytest.raises(ContentError, match=r"job-aid\.yaml"):
        load(folder)


def test_broken_refresher_cards_stop_the_load(folder: Path) -> None:
    write_yaml(folder / MODULE / "refresher.yaml", {"title": "No cards"})
    with pytest.raises(ContentError, match=r"refresher\.yaml"):
        load(folder)
