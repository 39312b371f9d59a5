"""Authors send a course out and take one in; they see what would change before it does."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions.loading import load_library
from courses.content.archive import pack, unpack
from courses.content.library import read_library
from courses.models import Course
from courses.queries.exporting import course_files
from tests.factories.folders import write_library
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

IMPORT = reverse("courses:import")


@pytest.fixture(autouse=True)
def _own_media(tmp_path_factory, settings):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def course(tmp_path) -> Course:
    load_library(read_library(write_library(tmp_path)), by=None, at=MONDAY)
    return Course.objects.get()


@pytest.fixture
def author(client):
    client.force_login(PersonFactory(author=True))
    return client


def upload(client, content: bytes):
    archive = SimpleUploadedFile("course.zip", content, content_type="application/zip")
    return client.post(IMPORT, {"archive": archive})


def retitled(course: Course) -> bytes:
    quiz = "first-course/first-module/a-quiz.quiz.yaml"
    files = course_files(course)
    return pack(files | {quiz: files[quiz].replace(b"title: ", b"title: Another ", 1)})


def token_in(response) -> str:
    return re.search(r'name="token" value="([^"]+)"', response.text).group(1)


def test_a_course_is_sent_as_an_archive_with_its_name(author, course):
    response = author.get(reverse("courses:export", args=[course.slug]))

    assert response["Content-Disposition"] == 'attachment; filename="first-course.zip"'
    assert unpack(BytesIO(response.content)) == course_files(course)


def test_what_would_change_is_shown_and_nothing_changes_yet(author, course):
    response = upload(author, retitled(course))

    assert response.status_code == 200
    assert "1 activity gets a new revision." in response.text
    assert "As it is" in response.text
    assert [one.revisions.count() for one in course.modules.get().activities.all()] == [1, 1]


def test_what_is_there_already_is_said_to_be_there(author, course):
    assert "every word of its activities already" in upload(author, pack(course_files(course))).text


def test_what_was_shown_is_published(author, course):
    token = token_in(upload(author, retitled(course)))

    response = author.post(IMPORT, {"token": token}, follow=True)

    assert "Learners read it from now on." in response.text
    quiz = course.modules.get().activities.get(kind="quiz")
    assert quiz.live_revision.number == 2
    assert quiz.title.startswith("Another ")


def test_another_archive_than_the_one_shown_is_not_published(author, course):
    token = token_in(upload(author, retitled(course)))
    upload(author, pack(course_files(course)))

    response = author.post(IMPORT, {"token": token}, follow=True)

    assert "Choose the archive again." in response.text
    assert course.modules.get().activities.get(kind="quiz").live_revision.number == 1


def test_nobody_publishes_with_the_word_of_somebody_else(author, course, client):
    token = token_in(upload(author, retitled(course)))
    client.force_login(PersonFactory(author=True))

    assert "Choose the archive again." in client.post(IMPORT, {"token": token}, follow=True).text
    assert "Choose the archive again." in client.post(IMPORT, {"token": "x"}, follow=True).text


def test_what_is_wrong_is_said_beside_the_file(author):
    response = upload(author, b"no archive at all")

    assert response.status_code == 422
    assert "Nothing was changed." in response.text
    assert "damaged, or it is not a ZIP file" in response.text


def test_at_most_twenty_problems_are_told(author):
    response = upload(author, pack({f"a/b/c{number}.txt": b"" for number in range(25)}))

    assert response.text.count("A course has no file of this name") == 2 * 20
    assert "… and 5 more." in response.text


def test_a_file_that_is_too_large_is_not_even_opened(author, monkeypatch):
    monkeypatch.setattr("courses.forms.exchange.LARGEST_ARCHIVE", 10)

    assert "larger than 19 MB" in upload(author, b"x" * 11).text


def test_without_a_file_one_is_asked_for(author):
    response = author.post(IMPORT)

    assert response.status_code == 422
    assert "Choose a file first." in response.text


def test_the_list_of_content_leads_there(author, course):
    shown = author.get(reverse("courses:content-list")).text

    assert IMPORT in shown
    assert reverse("courses:export", args=[course.slug]) in shown
