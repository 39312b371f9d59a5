"""Publishing makes numbered revisions that nobody can change, and moves what learners read."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from courses.actions.publishing import publish_revision
from courses.content.fingerprint import fingerprint
from courses.content.parsing import ContentError
from courses.models import Activity, ActivityKind, ChangeKind, ContentRevision
from courses.models.revision import RevisionIsImmutable
from portal.audit.models import AuditEvent
from tests.factories.contents import lesson_raw, quiz_raw
from tests.factories.courses import ActivityFactory, LessonFactory, QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.scenarios import small_raw

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
PICTURE = {
    "id": "picture",
    "type": "image",
    "file": "cover.png",
    "alt": "A cover.",
    "width": 10,
    "height": 10,
}


def live_number(activity: Activity) -> int:
    return Activity.objects.get(pk=activity.pk).live_revision.number


def test_the_first_publication_is_revision_1_and_what_learners_read() -> None:
    author = PersonFactory(author=True)
    activity = ActivityFactory()

    revision = publish_revision(activity, lesson_raw(), by=author, at=MONDAY, note="Brand new.")

    activity.refresh_from_db()
    assert activity.live_revision == revision
    assert {
        name: getattr(revision, name)
        for name in ("number", "schema_version", "content", "media", "change_kind", "note")
    } == {
        "number": 1,
        "schema_version": 1,
        "content": lesson_raw(),
        "media": {},
        "change_kind": ChangeKind.NEW_CONTENT,
        "note": "Brand new.",
    }
    assert (revision.created_by, revision.created_at) == (author, MONDAY)
    assert (revision.published_by, revision.published_at) == (author, MONDAY)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (ActivityKind.LESSON, lesson_raw),
        (ActivityKind.QUIZ, quiz_raw),
        (ActivityKind.SCENARIO, small_raw),
    ],
)
def test_every_kind_can_be_published(kind, raw) -> None:
    activity = ActivityFactory(kind=kind)
    revision = publish_revision(activity, raw(), by=None, at=MONDAY)
    assert ContentRevision.objects.get() == revision
    assert ContentRevision.objects.get().content == raw()


def test_new_content_gets_the_next_number_and_the_old_one_stays() -> None:
    activity = LessonFactory()
    first = activity.live_revision

    second = publish_revision(activity, lesson_raw(title="Better"), by=None, at=TUESDAY)

    assert list(activity.revisions.order_by("number")) == [first, second]
    assert [one.content["title"] for one in (first, second)] == ["A small lesson", "Better"]
    assert live_number(activity) == second.number == 2


def test_numbers_go_on_when_an_older_text_is_published_again() -> None:
    activity = LessonFactory()
    publish_revision(activity, lesson_raw(title="Better"), by=None, at=MONDAY)
    third = publish_revision(activity, lesson_raw(), by=None, at=TUESDAY)
    assert (third.number, live_number(activity)) == (3, 3)


def test_what_is_live_already_is_not_published_again() -> None:
    activity = LessonFactory()
    again = dict(reversed(lesson_raw().items()))

    found = publish_revision(activity, again, by=PersonFactory(), at=TUESDAY)

    assert found == activity.live_revision
    assert ContentRevision.objects.count() == AuditEvent.objects.count() == 1


def test_new_bytes_of_a_picture_are_new_content() -> None:
    raw = lesson_raw(blocks=[*lesson_raw()["blocks"], PICTURE])
    activity = LessonFactory()

    before = publish_revision(activity, raw, by=None, at=MONDAY, media={"cover.png": "a" * 64})
    after = publish_revision(activity, raw, by=None, at=MONDAY, media={"cover.png": "b" * 64})

    assert (before.number, after.number) == (2, 3)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        lesson_raw(title=""),
        lesson_raw(surprise=1),
        lesson_raw(blocks=[]),
        quiz_raw(),
    ],
)
def test_broken_content_changes_nothing(broken) -> None:
    activity = LessonFactory()
    with pytest.raises(ContentError):
        publish_revision(activity, broken, by=None, at=TUESDAY)
    assert live_number(activity) == ContentRevision.objects.count() == 1
    assert AuditEvent.objects.count() == 1


def test_content_that_shows_a_file_nobody_gave_changes_nothing() -> None:
    activity = LessonFactory()
    raw = lesson_raw(blocks=[*lesson_raw()["blocks"], PICTURE])

    with pytest.raises(ContentError) as refused:
        publish_revision(activity, raw, by=None, at=TUESDAY)

    assert str(refused.value) == "The media file “cover.png” is missing."
    assert live_number(activity) == ContentRevision.objects.count() == 1


def test_what_the_checks_call_an_error_is_refused_with_its_place_and_what_to_do() -> None:
    raw = small_raw()
    del raw["moments"][0]["choices"][0]["why"]
    activity = ScenarioFactory()

    with pytest.raises(ContentError) as refused:
        publish_revision(activity, raw, by=None, at=TUESDAY)

    assert str(refused.value) == "moments[0].choices[0].why: Write why it felt like that."
    assert live_number(activity) == ContentRevision.objects.count() == 1


def test_the_audit_names_who_published_which_revision() -> None:
    author = PersonFactory(author=True, name="Ana Ruiz")
    activity = LessonFactory()
    revision = publish_revision(
        activity,
        lesson_raw(title="A small lesson."),
        by=author,
        at=TUESDAY,
        change_kind=ChangeKind.TYPO,
    )
    event = AuditEvent.objects.latest("at")
    assert (event.actor_name, event.verb, event.at) == ("Ana Ruiz", "published", TUESDAY)
    assert (event.subject_kind, event.subject_id) == ("courses.contentrevision", str(revision.pk))
    assert event.details == {"number": 2, "change": "typo"}


# Nobody changes a revision


def test_the_model_refuses_to_save_a_revision_again() -> None:
    revision = LessonFactory().live_revision
    revision.content = lesson_raw(title="Changed")
    with pytest.raises(RevisionIsImmutable):
        revision.save()


def test_the_database_refuses_to_change_or_delete_a_revision() -> None:
    activity = QuizFactory()
    revisions = ContentRevision.objects.filter(activity=activity)
    before = revisions.values().get()

    for change in (
        lambda: revisions.update(note="Changed."),
        lambda: revisions._raw_delete("default"),
    ):
        with (
            pytest.raises(DatabaseError, match="rows are never changed or deleted"),
            transaction.atomic(),
        ):
            change()

    assert revisions.values().get() == before


# The fingerprint


def test_the_fingerprint_is_of_the_meaning_not_of_the_order_of_keys() -> None:
    assert fingerprint({"a": 1, "b": {"c": 2, "d": 3}}, {"x": "1", "y": "2"}) == fingerprint(
        {"b": {"d": 3, "c": 2}, "a": 1}, {"y": "2", "x": "1"}
    )


def test_the_fingerprint_differs_with_anything_else() -> None:
    other = deepcopy(lesson_raw())
    other["blocks"].reverse()
    prints = {
        fingerprint(lesson_raw(), {}),
        fingerprint(lesson_raw(title="A small lesson "), {}),
        fingerprint(other, {}),
        fingerprint(lesson_raw(), {"cover.png": "a" * 64}),
    }
    assert len(prints) == 4
    assert {len(one) for one in prints} == {64}
