"""Two authors in one draft: what each changes stays, and the same piece twice is told to both."""

import pytest

from courses.actions.drafting import KEPT_DRAFTS, bring_back_draft, change_draft, save_draft
from courses.actions.editing import GONE, PieceChangedMeanwhile, replace_piece, replace_settings
from courses.content.editing import piece_of, without
from courses.content.fingerprint import fingerprint
from courses.models import Activity
from portal.people.models import User
from tests.factories.contents import lesson_raw
from tests.factories.courses import ActivityFactory, LessonFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return PersonFactory(author=True, name="Mei Tanaka")


@pytest.fixture
def ana() -> User:
    return PersonFactory(author=True, name="Ana Souza")


@pytest.fixture
def lesson() -> Activity:
    return LessonFactory()


def piece(name: str) -> dict:
    return piece_of("lesson", lesson_raw(), name)


def base(name: str) -> str:
    return fingerprint(piece(name), {})


def test_two_authors_on_two_blocks_both_stay(lesson, mei, ana):
    why, mine = piece("why") | {"heading": "By Mei"}, piece("mine") | {"prompt": "By Ana?"}
    replace_piece(lesson, why, base=base("why"), by=mei, at=MONDAY)
    replace_piece(lesson, mine, base=base("mine"), by=ana, at=MONDAY)
    lesson.refresh_from_db()
    assert lesson.draft["blocks"] == [why, mine, piece("check")]
    assert (lesson.draft_version, lesson.draft_of) == (2, 1)


def test_the_same_block_twice_is_refused_with_what_is_there(lesson, mei, ana):
    by_mei, by_ana = piece("why") | {"heading": "By Mei"}, piece("why") | {"heading": "By Ana"}
    replace_piece(lesson, by_mei, base=base("why"), by=mei, at=MONDAY)
    with pytest.raises(PieceChangedMeanwhile, match="Mei Tanaka saved this since") as clash:
        replace_piece(lesson, by_ana, base=base("why"), by=ana, at=MONDAY)
    assert clash.value.theirs == by_mei
    replace_piece(lesson, by_ana, base=clash.value.base, by=ana, at=MONDAY)
    lesson.refresh_from_db()
    assert lesson.draft["blocks"][0] == by_ana


def test_a_block_that_was_taken_out_can_be_saved_again(lesson, mei, ana):
    change_draft(lesson, lambda raw: without("lesson", raw, "why"), by=mei, at=MONDAY)
    with pytest.raises(PieceChangedMeanwhile, match="Mei Tanaka took this out") as clash:
        replace_piece(lesson, piece("why"), base=base("why"), by=ana, at=MONDAY)
    assert (clash.value.theirs, clash.value.base) == ({}, GONE)
    replace_piece(lesson, piece("why"), base=GONE, by=ana, at=MONDAY)
    lesson.refresh_from_db()
    assert [one["id"] for one in lesson.draft["blocks"]] == ["mine", "check", "why"]


def test_settings_leave_the_blocks_alone_and_clash_like_them(lesson, mei, ana):
    names = ["title", "minutes", "attempts"]
    before = fingerprint({"title": "A small lesson", "minutes": 3, "attempts": None}, {})
    replace_settings(lesson, {"title": "New", "minutes": 4}, names, base=before, by=mei, at=MONDAY)
    lesson.refresh_from_db()
    assert lesson.draft == lesson_raw(title="New", minutes=4)
    with pytest.raises(PieceChangedMeanwhile) as clash:
        replace_settings(lesson, {"title": "Mine"}, names, base=before, by=ana, at=MONDAY)
    assert clash.value.theirs == {"title": "New", "minutes": 4}


def test_any_save_can_be_taken_back_and_that_too(lesson, mei):
    change_draft(lesson, lambda raw: without("lesson", raw, "why"), by=mei, at=MONDAY)
    change_draft(lesson, lambda raw: without("lesson", raw, "mine"), by=mei, at=MONDAY)
    bring_back_draft(lesson, number=1, version=2, by=mei, at=MONDAY)
    lesson.refresh_from_db()
    assert [one["id"] for one in lesson.draft["blocks"]] == ["mine", "check"]
    bring_back_draft(lesson, number=2, version=3, by=mei, at=MONDAY)
    bring_back_draft(lesson, number=0, version=4, by=mei, at=MONDAY)
    lesson.refresh_from_db()
    assert (lesson.draft, lesson.draft_version) == ({}, 5)


def test_only_the_newest_saves_are_kept(lesson, mei):
    for number in range(KEPT_DRAFTS + 3):
        save_draft(lesson, {"title": str(number)}, version=number, by=mei, at=MONDAY)
    versions = list(lesson.earlier_drafts.values_list("version", flat=True))
    assert versions == list(range(KEPT_DRAFTS + 2, 2, -1))


def test_what_was_never_published_is_called_as_its_draft_says(mei, lesson):
    new = ActivityFactory(title="Old")
    save_draft(new, {"title": "New"}, version=0, by=mei, at=MONDAY)
    save_draft(lesson, {"title": "New"}, version=0, by=mei, at=MONDAY)
    titles = [Activity.objects.get(pk=one.pk).title for one in (new, lesson)]
    assert titles == ["New", lesson.title]
