"""What the checks say is worked out once for the same words, and anew for any other."""

from courses.content.checks import check_content, forbids_publishing
from tests.factories.contents import lesson_raw
from tests.factories.scenarios import small_raw


def test_the_same_words_are_checked_once():
    first = check_content("scenario", small_raw())
    assert check_content("scenario", small_raw()) is first
    assert check_content("scenario", small_raw(title="Another")) is not first


def test_the_files_that_are_there_make_a_difference():
    raw = lesson_raw()
    missing, there = check_content("lesson", raw, files=frozenset()), check_content("lesson", raw)
    assert missing is not there


def test_what_cannot_be_read_is_an_error_each_time():
    for _ in range(2):
        assert forbids_publishing(check_content("lesson", {"title": "Half of it"}))
        assert not forbids_publishing(check_content("lesson", lesson_raw()))
