"""After a wrong key: who changes is known first, old and new are kept, and a pass stays a pass."""

import threading
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.rebuilding import differing_estimates
from assessments.actions.regrading import begin_regrading, regrade_all, regrade_attempts
from assessments.actions.statistics import count_attempts
from assessments.models import Attempt, ItemTally, Regrade, Regrading, SkillEvidence
from assessments.queries.answers import attempts_visible_to
from assessments.queries.quiz_results import quiz_results
from assessments.queries.regrading import regrade_preview
from assessments.queries.skill_profile import evidence_of
from assessments.queries.statistics import statistics_page
from assessments.tasks import regrade_attempts_task
from courses.actions.publishing import publish_revision
from courses.models import Activity, ActivityProgress, ChangeKind, ContentRevision
from portal.audit.models import AuditEvent
from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)


def raw(key: str = "A", **changes: Any) -> dict[str, Any]:
    """Return the small quiz, its first question keyed so; one right answer of two passes."""
    found = quiz_raw(**changes)
    for option in found["items"][0]["options"]:
        option.pop("right", None)
        if option["id"] == key:
            option["right"] = True
    return found


@pytest.fixture
def mei() -> User:
    return PersonFactory(author=True)


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory(published=raw("A"))


def take(quiz: Activity, first: str, second: str = "", by: User | None = None) -> Attempt:
    attempt = start_quiz(quiz, by=by or PersonFactory(), at=MONDAY)
    for seq, (item_id, option) in enumerate((("first", first), ("second", second)), 1):
        if option:
            sent = {"item_id": item_id, "payload": {"option": option}, "by": attempt.user}
            answer_item(attempt.pk, seq=seq, at=MONDAY, **sent)
    return finish_quiz(attempt.pk, by=attempt.user, at=MONDAY)


def mend(quiz: Activity, by: User, kind: ChangeKind = ChangeKind.WRONG_KEY, **changes: Any):
    revision = publish_revision(quiz, raw("B", **changes), by=by, at=LATER, change_kind=kind)
    quiz.refresh_from_db()
    return ContentRevision.objects.get(pk=revision.pk)


def regrade(revision: ContentRevision, by: User) -> int:
    return regrade_attempts(begin_regrading(revision, by=by, at=LATER), at=LATER)


def outcome(attempt: Attempt) -> tuple[float, bool]:
    attempt.refresh_from_db()
    return float(attempt.points), attempt.is_passed


def test_the_dry_run_says_who_changes_and_how_and_changes_nothing(quiz, mei) -> None:
    lost, won, same = take(quiz, "A"), take(quiz, "B"), take(quiz, "C", "true")
    start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    before = list(Attempt.objects.order_by("pk").values())
    page = regrade_preview(mend(quiz, mei))
    assert {
        line.attempt: (line.old_percent, line.new_percent, line.was_passed, line.is_passed)
        for line in page.lines
    } == {lost: (50, 0, True, True), won: (0, 50, False, True)}
    assert (page.changed, page.now_pass, page.unchanged, page.still_open) == (2, 1, 1, 1)
    assert list(Attempt.objects.order_by("pk").values()) == before
    assert same not in {line.attempt for line in page.lines}


def test_results_follow_the_new_key_and_a_pass_stays_a_pass(quiz, mei) -> None:
    lost, won, same = take(quiz, "A"), take(quiz, "B"), take(quiz, "C", "true")
    assert regrade(mend(quiz, mei), mei) == 3
    assert [outcome(one) for one in (lost, won, same)] == [(0, True), (50, True), (50, True)]
    progress = ActivityProgress.objects.get(user=won.user, activity=quiz)
    assert progress.finished_at == won.finished_at


def test_old_and_new_are_kept_and_nobody_can_change_them(quiz, mei) -> None:
    won = take(quiz, "B")
    old = won.result
    regrade(mend(quiz, mei), mei)
    won.refresh_from_db()
    kept = Regrade.objects.get()
    assert (kept.old_result, kept.new_result) == (old, won.result)
    assert (kept.old_points, kept.new_points) == (0, 50)
    with pytest.raises(IntegrityError), transaction.atomic():
        Regrade.objects.update(old_points=1)


def test_a_second_run_changes_nothing_and_tells_nobody_again(quiz, mei) -> None:
    take(quiz, "B")
    revision = mend(quiz, mei)
    assert [regrade(revision, mei), regrade(revision, mei), regrade_all(at=LATER)] == [1, 0, 0]
    assert OutgoingEmail.objects.filter(kind="quiz_regraded").count() == 1
    events = AuditEvent.objects.filter(verb__in=("began regrading", "regraded"))
    assert sorted(event.verb for event in events) == ["began regrading", "regraded"]
    assert {event.actor_id for event in events} == {mei.pk}


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_regrade_each_attempt_once() -> None:
    quiz, mei = QuizFactory(published=raw("A")), PersonFactory(author=True)
    for option in "ABBA":
        take(quiz, option)
    regrading = begin_regrading(mend(quiz, mei), by=mei, at=LATER)
    outcomes = all_at_once([partial(regrade_attempts, regrading, at=LATER)] * 4)
    assert sum(one for one in outcomes if isinstance(one, int)) == 4
    assert Regrade.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_later_key_that_comes_first_is_not_put_back_by_an_earlier_one() -> None:
    quiz, mei = QuizFactory(published=raw("A")), PersonFactory(author=True)
    attempt = take(quiz, "B", "true")
    earlier = begin_regrading(mend(quiz, mei), by=mei, at=LATER)
    publish_revision(quiz, raw("C"), by=mei, at=LATER, change_kind=ChangeKind.WRONG_KEY)
    quiz.refresh_from_db()
    later = begin_regrading(quiz.live_revision, by=mei, at=LATER)
    is_held, may_end = threading.Event(), threading.Event()

    def the_later_one() -> int:
        with transaction.atomic():
            done = regrade_attempts(later, at=LATER)
            is_held.set()
            may_end.wait(10)
        return done

    def the_earlier_one() -> int:
        assert is_held.wait(10)
        threading.Timer(0.5, may_end.set).start()
        return regrade_attempts(earlier, at=LATER)

    assert all_at_once([the_later_one, the_earlier_one]) == [1, 0]
    attempt.refresh_from_db()
    assert attempt.key_revision == later.revision


def test_one_who_was_still_answering_follows_once_they_have_ended(quiz, mei) -> None:
    attempt = start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    revision = mend(quiz, mei)
    assert regrade(revision, mei) == 0
    payload = {"option": "B"}
    answer_item(attempt.pk, seq=1, item_id="first", payload=payload, by=attempt.user, at=LATER)
    finish_quiz(attempt.pk, by=attempt.user, at=LATER)
    assert regrade_attempts_task() == 1
    assert outcome(attempt) == (50, True)


def test_what_was_asked_before_new_content_is_left_alone(quiz, mei) -> None:
    old = take(quiz, "B")
    mend(quiz, mei, kind=ChangeKind.NEW_CONTENT, title="Another quiz")
    newer = take(quiz, "A")
    publish_revision(quiz, raw("A"), by=mei, at=LATER, change_kind=ChangeKind.WRONG_KEY)
    quiz.refresh_from_db()
    regrade(quiz.live_revision, mei)
    assert [outcome(old), outcome(newer)] == [(0, False), (50, True)]


def test_an_attempt_whose_question_is_gone_stands_and_is_not_tried_for_ever(quiz, mei) -> None:
    take(quiz, "B")
    items = [raw("B")["items"][0] | {"id": "other"}]
    revision = publish_revision(
        quiz, raw("B") | {"items": items}, by=mei, at=LATER, change_kind=ChangeKind.WRONG_KEY
    )
    assert regrade_preview(revision).unfit == 1
    assert [regrade(revision, mei), regrade(revision, mei)] == [1, 0]
    assert Regrade.objects.get().new_result is None
    assert Attempt.objects.get().points == 0


def test_evidence_is_superseded_and_estimates_are_as_if_the_key_had_been_right(quiz, mei) -> None:
    priya, other = PersonFactory(), PersonFactory()
    take(quiz, "B", by=priya)
    take(QuizFactory(published=raw("A")), "A", by=priya)  # evidence that came later
    regrade(mend(quiz, mei), mei)
    take(quiz, "B", by=other)  # the same, under the right key from the start
    take(QuizFactory(published=raw("A")), "A", by=other)
    old = SkillEvidence.objects.filter(user=priya, skill="listening").order_by("pk")
    assert [one.value for one in old] == [0, 0.5, 0.5]
    assert old[2].supersedes == old[0]
    assert old[0] not in evidence_of(priya)
    assert list(differing_estimates()) == []
    mine, theirs = (p.skill_estimates.get(skill="listening").value.mean for p in (priya, other))
    assert mine == pytest.approx(theirs)
    tally = ItemTally.objects.get(activity=quiz, step_id="first")
    assert (tally.attempts, tally.points) == (2, 2)


def test_a_key_that_is_mended_twice_leaves_one_piece_of_evidence_standing(quiz, mei) -> None:
    priya = PersonFactory()
    take(quiz, "B", by=priya)
    regrade(mend(quiz, mei), mei)
    revision = publish_revision(quiz, raw("C"), by=mei, at=LATER, change_kind=ChangeKind.WRONG_KEY)
    regrade(ContentRevision.objects.get(pk=revision.pk), mei)
    assert [one.value for one in evidence_of(priya).filter(skill="listening")] == [0]
    assert SkillEvidence.objects.filter(skill="listening").count() == 3
    assert list(differing_estimates()) == []


def test_the_review_shows_the_new_key_and_statistics_count_by_it(quiz, mei) -> None:
    won = take(quiz, "B")
    count_attempts(at=LATER)
    regrade(mend(quiz, mei), mei)
    found = quiz_results(attempts_visible_to(won.user).get(pk=won.pk), viewer=won.user)
    assert found.items[0].is_strong
    assert [one.shown.id for one in found.items[0].explanation.options if one.is_right] == ["B"]
    count_attempts(at=LATER)
    assert (found.correction.old_percent, found.percent) == (0, 50)
    first = next(row for row in statistics_page(quiz).rows if row.item.id == "first")
    assert (first.attempts, first.facility) == (1, 100)


def test_whoever_changes_is_told_once_with_both_results(quiz, mei, mail_server) -> None:
    priya = PersonFactory()
    for _ in range(2):
        take(quiz, "B", by=priya)
    same = take(quiz, "C")
    regrade(mend(quiz, mei), mei)
    OutgoingEmail.objects.update(due_at=now())
    deliver_due_emails(clock=now)
    [message] = mail_server.messages
    text = message.get_body(("plain",)).get_content()
    assert "it was 0%, and is 50% now" in " ".join(text.split())
    assert not OutgoingEmail.objects.filter(recipient=same.user).exists()


def test_an_author_sees_what_happens_first_and_then_does_it(client: Client, quiz, mei) -> None:
    won = take(quiz, "B")
    revision = mend(quiz, mei)
    client.force_login(mei)
    page = f"/content/activities/{quiz.pk}/revisions/{revision.number}/regrade/"
    html = html_of(client.get(page))
    assert "One result changes" in html
    assert won.user.name not in html
    assert "Somebody you do not answer for" in html
    assert "Work them out again" in html
    html = html_of(client.post(page, follow=True))
    assert "One result was corrected so far" in html
    assert "Work them out again" not in html
    assert outcome(won) == (50, True)
    assert Regrading.objects.get().begun_by == mei


def test_only_people_whom_one_answers_for_are_named(client: Client, quiz, mei) -> None:
    won = take(quiz, "B")
    revision = mend(quiz, mei)
    client.force_login(PersonFactory(admin=True))
    page = f"/content/activities/{quiz.pk}/revisions/{revision.number}/regrade/"
    assert won.user.name in html_of(client.get(page))


def test_attempts_that_fail_hold_up_no_later_one(quiz, mei) -> None:
    broken = [take(quiz, "B").pk for _ in range(2)]
    earlier = {"result": {"items": []}, "finished_at": MONDAY - timedelta(hours=1)}
    Attempt.objects.filter(pk__in=broken).update(**earlier)
    won = take(quiz, "B")
    regrading = begin_regrading(mend(quiz, mei), by=mei, at=LATER)
    assert regrade_attempts(regrading, at=LATER, most=1) == 1
    assert outcome(won) == (50, True)


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_costs_the_same_for_any_number_of_attempts(
    client: Client, quiz, mei, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        take(quiz, "B")
    revision = mend(quiz, mei)
    client.force_login(mei)
    page = f"/content/activities/{quiz.pk}/revisions/{revision.number}/regrade/"
    with django_assert_num_queries(8):
        client.get(page)
