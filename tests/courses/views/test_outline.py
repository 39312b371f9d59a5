"""The outline's pages: an author begins, renames, orders, archives and restores."""

import pytest
from django.test import Client

from courses.models import Activity, Course, Module, Programme, ProgrammeVersion
from portal.people.models import User
from tests.factories.courses import CourseFactory, EnrolmentFactory, LessonFactory, ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(client: Client) -> User:
    person = PersonFactory(author=True, name="Mei Tanaka")
    client.force_login(person)
    return person


def test_an_author_goes_from_nothing_to_a_first_draft(mei, client: Client):
    fields = {"title": "Calm at the desk", "summary": "How to stay calm.", "skill": "eq"}
    page = client.post("/content/courses/new/", fields, follow=True)
    assert "No modules yet" in html_of(page)
    course = Course.objects.get()
    words = {"title": "Breathe", "objective": "Take a breath.", "summary": "One.", "minutes": 9}
    mended = client.post(f"/content/courses/{course.pk}/modules/new/", words)
    assert mended.status_code == 422
    assert "Choose at least one behavior." in html_of(mended)
    client.post(f"/content/courses/{course.pk}/modules/new/", {**words, "behaviours": ["EI1"]})
    module = Module.objects.get()
    assert (module.behaviours, module.minutes) == (["EI1"], 9)
    begun = {"kind": "quiz", "title": "Four questions"}
    page = client.post(f"/content/modules/{module.pk}/new/", begun, follow=True)
    assert page.status_code == 200
    assert Activity.objects.get().draft["title"] == "Four questions"
    outline = html_of(client.get(f"/content/courses/{course.pk}/"))
    assert "Not published yet" in outline
    assert "Draft under way" in outline


def test_words_of_a_course_and_of_a_module_change(mei, client: Client):
    module = ModuleFactory(behaviours=["AL1"])
    course = module.course
    page = html_of(client.get(f"/content/modules/{module.pk}/edit/"))
    assert page.count(" checked") == 1
    client.post(f"/content/courses/{course.pk}/edit/", {"title": "A", "summary": "B", "skill": ""})
    course.refresh_from_db()
    assert (course.title, course.summary, course.skill) == ("A", "B", "")


def test_a_part_moves_by_its_button(mei, client: Client):
    first = LessonFactory(position=1)
    second = LessonFactory(position=2, module=first.module)
    response = client.post(f"/content/move/activity/{second.pk}/", {"to": "up"})
    assert (
        response["Location"] == f"/content/courses/{first.module.course.pk}/#activity-{second.pk}"
    )
    assert list(first.module.activities.all()) == [second, first]
    assert client.post(f"/content/move/activity/{second.pk}/", {"to": "x"}).status_code == 302
    assert client.post(f"/content/move/person/{second.pk}/", {"to": "up"}).status_code == 404


def test_archiving_says_first_where_something_is_used(mei, client: Client):
    module = EnrolmentFactory().module
    at = f"/content/archive/module/{module.pk}/"
    page = html_of(client.get(at))
    assert "1 person still has to finish it." in page
    assert "Archive it" not in page
    assert "Somebody still has to finish this." in html_of(client.post(at, follow=True))


def test_a_program_that_names_it_is_said(mei, client: Client):
    lesson = LessonFactory()
    name = f"{lesson.module.course.slug}/{lesson.module.slug}"
    programme = Programme.objects.create(slug="first", title="First weeks", summary="x")
    ProgrammeVersion.objects.create(
        programme=programme,
        number=1,
        content={"steps": [{"id": "one", "module": name}, {"id": "two", "kind": "refresher"}]},
        published_at=MONDAY,
    )
    page = html_of(client.get(f"/content/archive/module/{lesson.module.pk}/"))
    assert "The program “First weeks” names it" in page
    page = html_of(client.get(f"/content/archive/activity/{lesson.pk}/"))
    assert "Nowhere right now." in page


def test_what_was_archived_is_restored_from_the_outline(mei, client: Client):
    course = CourseFactory()
    page = client.post(f"/content/archive/course/{course.pk}/", follow=True)
    assert "Archived" in html_of(page)
    client.post(f"/content/restore/course/{course.pk}/")
    course.refresh_from_db()
    assert course.archived_at is None
