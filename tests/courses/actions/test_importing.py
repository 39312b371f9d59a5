"""A course comes in whole or not at all, and goes out as it came."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage

from courses.actions.importing import import_course
from courses.content.archive import pack
from courses.content.library import read_library
from courses.content.parsing import ContentError
from courses.models import Activity, ContentRevision, Course, MediaFile, Module
from courses.queries.archives import Effect, plan_import
from courses.queries.exporting import course_files
from portal.audit.models import AuditEvent
from tests.factories.courses import ActivityFactory, ModuleFactory
from tests.factories.folders import MODULE, write_library, write_yaml
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.refreshers import refresher_raw
from tests.factories.sheets import job_aid_raw, lead_guide_raw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(tmp_path_factory, settings):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def files(tmp_path) -> dict[str, bytes]:
    """The files of a whole course, with all that a module can bring."""
    folder = write_library(tmp_path)
    write_yaml(folder / MODULE / "refresher.yaml", refresher_raw("first"))
    write_yaml(folder / MODULE / "job-aid.yaml", job_aid_raw())
    write_yaml(folder / MODULE / "lead-guide.yaml", lead_guide_raw())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def author():
    return PersonFactory(author=True)


def taken_in(files, author) -> Course:
    return import_course(BytesIO(pack(files)), by=author, at=MONDAY)


def effects(files) -> list[Effect]:
    plan = plan_import(BytesIO(pack(files)))
    return [one.effect for module in plan.modules for one in module.activities]


def test_it_goes_out_as_it_came_in(files, author):
    once = course_files(taken_in(files, author))

    again = course_files(taken_in(once, author))

    assert pack(again) == pack(once)
    assert set(once) == set(files)
    assert ContentRevision.objects.count() == 2


def test_what_goes_out_is_what_the_files_said(files, author, tmp_path):
    out = course_files(taken_in(files, author))
    for name, content in out.items():
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    [before], [after] = read_library(tmp_path), read_library(tmp_path / "out")
    assert after.text == before.text
    assert [(one.slug, one.text, one.refresher, one.sheets) for one in after.modules] == [
        (one.slug, one.text, one.refresher, one.sheets) for one in before.modules
    ]
    assert [one.raw for one in after.modules[0].activities] == [
        one.raw for one in before.modules[0].activities
    ]


def test_the_plan_tells_what_is_new_and_changed_and_changes_nothing(files, author):
    assert effects(files) == [Effect.NEW, Effect.NEW]
    assert not Course.objects.exists()

    taken_in(files, author)
    quiz = "first-course/first-module/a-quiz.quiz.yaml"
    files[quiz] = files[quiz].replace(b"title: ", b"title: Another ", 1)
    assert effects(files) == [Effect.SAME, Effect.CHANGED]


def test_it_is_recorded_who_took_it_in(files, author):
    course = taken_in(files, author)

    event = AuditEvent.objects.get(verb="imported")
    assert (event.actor_id, event.at, event.details) == (author.pk, MONDAY, {"published": 2})
    assert {one.published_by for one in ContentRevision.objects.all()} == {author}
    assert course.title == "The first course"


def test_somebodys_draft_stays_and_is_told(files, author):
    taken_in(files, author)
    Activity.objects.filter(kind="quiz").update(draft={"title": "Half a thought"})

    plan = plan_import(BytesIO(pack(files)))
    taken_in(files, author)

    assert [one.has_draft for one in plan.modules[0].activities] == [False, True]
    assert Activity.objects.get(kind="quiz").draft == {"title": "Half a thought"}


def test_a_lesson_never_becomes_a_quiz(files, author):
    taken_in(files, author)
    Activity.objects.filter(kind="quiz").update(kind="lesson")

    with pytest.raises(ContentError, match="something else of this name already"):
        plan_import(BytesIO(pack(files)))


BROKEN = {
    "a picture that is none": {"first-course/first-module/media/cover.png": b"<html>"},
    "a quiz that cannot be read": {"first-course/first-module/a-quiz.quiz.yaml": b"title: ["},
    "a quiz without questions": {"first-course/first-module/a-quiz.quiz.yaml": b"title: Empty"},
    "two courses": {"second-course/course.yaml": b"title: Second"},
    "a file that climbs out": {"../course.yaml": b""},
}


@pytest.mark.parametrize("what", BROKEN)
def test_one_broken_file_and_nothing_comes_in(what, files, author):
    with pytest.raises(ContentError):
        taken_in(files | BROKEN[what], author)

    assert not Course.objects.exists()
    assert not Module.objects.exists()
    assert not MediaFile.objects.exists()


def test_a_course_needs_its_file(files, author):
    del files["first-course/course.yaml"]

    with pytest.raises(ContentError, match=r"course\.yaml"):
        taken_in(files, author)


def test_a_failure_in_the_middle_leaves_nothing(files, author, monkeypatch):
    def fail(*args: object, **fields: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("courses.actions.loading.publish_sheet", fail)
    with pytest.raises(RuntimeError):
        taken_in(files, author)
    assert not Course.objects.exists()


def test_what_is_archived_or_was_never_published_stays_out(files, author):
    course = taken_in(files, author)
    lesson = Activity.objects.get(kind="lesson")
    Activity.objects.filter(pk=lesson.pk).update(archived_at=MONDAY)
    ActivityFactory(module=lesson.module)
    ModuleFactory(course=course, slug="empty")

    out = course_files(course)
    assert not [name for name in out if ".lesson." in name or "/media/" in name or "empty" in name]
    assert taken_in(out, author) == course
    assert default_storage.exists(MediaFile.objects.get().storage_name)
