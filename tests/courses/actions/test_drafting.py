"""Drafts: nobody overwrites anybody, learners notice nothing, and what is published is whole."""

from copy import deepcopy

import pytest

from assessments.models import AttemptMode
from courses.actions.drafting import (
    DraftChangedMeanwhile,
    NothingToPublish,
    discard_draft,
    publish_draft,
    restore_revision,
    save_draft,
)
from courses.models import Activity, ChangeKind, ContentRevision
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory()


@pytest.fixture
def mei() -> User:
    return PersonFactory(author=True, name="Mei Tanaka")


def with_title(activity: Activity, title: str) -> dict:
    return {**deepcopy(activity.live_revision.content), "title": title}


def publish(activity: Activity, mei: User, version: int = 1) -> ContentRevision:
    return publish_draft(
        activity, version=version, change_kind=ChangeKind.TYPO, note="x", by=mei, at=MONDAY
    )


def test_saving_changes_nothing_for_learners(quiz, mei):
    live = quiz.live_revision
    saved = save_draft(quiz, with_title(quiz, "New"), version=0, by=mei, at=MONDAY)
    assert (saved.draft["title"], saved.draft_version, saved.draft_of) == ("New", 1, 1)
    assert (saved.live_revision, saved.title) == (live, quiz.title)


def test_a_draft_that_was_saved_meanwhile_is_not_overwritten(quiz, mei):
    other = PersonFactory(author=True, name="Ana Souza")
    save_draft(quiz, with_title(quiz, "By Ana"), version=0, by=other, at=MONDAY)
    with pytest.raises(DraftChangedMeanwhile, match="Ana Souza saved this draft") as clash:
        save_draft(quiz, with_title(quiz, "By Mei"), version=0, by=mei, at=MONDAY)
    assert (clash.value.theirs["title"], clash.value.version) == ("By Ana", 1)
    quiz.refresh_from_db()
    assert quiz.draft["title"] == "By Ana"


def test_the_same_draft_saved_twice_is_one_save(quiz, mei):
    for _ in range(2):
        saved = save_draft(quiz, with_title(quiz, "New"), version=0, by=mei, at=MONDAY)
    assert saved.draft_version == 1


def test_an_unfinished_draft_can_be_saved_but_not_published(quiz, mei):
    save_draft(quiz, {"title": "Half of it"}, version=0, by=mei, at=MONDAY)
    with pytest.raises(NothingToPublish, match="The checks found errors"):
        publish(quiz, mei)
    assert quiz.revisions.count() == 1


def test_publishing_needs_a_draft_and_the_one_that_was_seen(quiz, mei):
    with pytest.raises(NothingToPublish, match="no draft"):
        publish(quiz, mei, version=0)
    save_draft(quiz, with_title(quiz, "New"), version=0, by=mei, at=MONDAY)
    save_draft(quiz, with_title(quiz, "Newer"), version=1, by=mei, at=MONDAY)
    with pytest.raises(DraftChangedMeanwhile):
        publish(quiz, mei, version=1)


def test_a_published_draft_is_the_next_revision_and_running_attempts_stay_on_theirs(quiz, mei):
    attempt = AttemptFactory(activity=quiz, mode=AttemptMode.ASSESSED)
    save_draft(quiz, with_title(quiz, "New"), version=0, by=mei, at=MONDAY)
    made = publish(quiz, mei)
    quiz.refresh_from_db()
    attempt.refresh_from_db()
    assert (made.number, made.published_by, quiz.live_revision) == (2, mei, made)
    assert (quiz.title, quiz.draft, quiz.has_draft) == ("New", {}, False)
    assert attempt.revision.number == 1


def test_going_back_begins_a_draft_from_an_earlier_revision(quiz, mei):
    first = quiz.live_revision
    save_draft(quiz, with_title(quiz, "New"), version=0, by=mei, at=MONDAY)
    publish(quiz, mei)
    restored = restore_revision(first, by=mei, at=MONDAY)
    assert (restored.draft, restored.draft_of) == (first.content, 2)
    assert publish(restored, mei, version=restored.draft_version).number == 3


def test_a_discarded_draft_is_kept_in_the_audit_record(quiz, mei):
    save_draft(quiz, with_title(quiz, "New"), version=0, by=mei, at=MONDAY)
    discard_draft(quiz, by=mei, at=MONDAY)
    quiz.refresh_from_db()
    assert not quiz.has_draft
    assert AuditEvent.objects.get(verb="discarded").details["draft"]["title"] == "New"
