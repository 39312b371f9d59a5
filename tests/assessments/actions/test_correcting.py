"""Correcting a mark: by its giver only, with the old one kept, and everything follows."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from assessments.actions.correcting import NotYourMark, correct_mark
from assessments.actions.marking import mark_answer
from assessments.actions.noise_scale import scale_noise
from assessments.actions.rebuilding import differing_estimates
from assessments.actions.statistics import count_attempts
from assessments.models import AnswerMark, Attempt, ItemTally, MarkCorrection, SkillEvidence
from assessments.queries.skill_profile import evidence_of
from assessments.queries.statistics import statistics_page
from courses.models import ActivityProgress
from portal.audit.models import AuditEvent
from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.marks import FULL_MARKS, handed_in, marked_quiz
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory
from tests.support.reading import html_of
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)
LOW, HALF = {"facts": 0, "next": 0}, {"facts": 1, "next": 1}
WHY = "I had missed the second line."
SENT = {"level-facts": "2", "level-next": "2", "comment": "Clear.", "reason": WHY}


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def dana(pair) -> User:
    return pair[0]


@pytest.fixture
def priya(pair) -> User:
    return pair[1]


def marked(priya: User, dana: User, levels=LOW, **quiz: object) -> AnswerMark:
    """Return the mark of a letter that Dana gave: two of three points with none for it."""
    mark = handed_in(priya, marked_quiz(**quiz))
    return mark_answer(mark, levels=levels, comment="Hm.", by=dana, at=MONDAY)


def correct(mark: AnswerMark, by: User, levels=FULL_MARKS, comment="Clear."):
    return correct_mark(mark, levels=levels, comment=comment, reason=WHY, by=by, at=LATER)


def outcome(mark: AnswerMark) -> tuple[int, bool | None]:
    attempt = Attempt.objects.get(pk=mark.attempt_id)
    return round(attempt.points), attempt.is_passed


def mails() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(kind="mark_corrected"))


def test_the_result_follows_and_the_old_mark_is_kept(priya, dana) -> None:
    mark = marked(priya, dana, pass_mark=90)
    before = Attempt.objects.get(pk=mark.attempt_id).result
    correct(mark, dana)

    assert outcome(mark) == (100, True)
    kept = MarkCorrection.objects.get()
    assert (kept.old_levels, kept.old_comment, kept.old_result) == (LOW, "Hm.", before)
    assert (kept.new_levels, kept.new_comment, kept.reason) == (FULL_MARKS, "Clear.", WHY)
    assert (round(kept.old_percent), kept.new_percent) == (67, 100)
    progress = ActivityProgress.objects.get(user=priya)
    assert progress.finished_at == MONDAY
    [event] = AuditEvent.objects.filter(verb="corrected a mark")
    assert (event.actor_id, event.details["reason"]) == (dana.pk, WHY)


def test_what_was_kept_cannot_be_changed(priya, dana) -> None:
    correct(marked(priya, dana), dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        MarkCorrection.objects.update(reason="Another.")


def test_a_pass_stays_a_pass_though_points_are_lost(priya, dana) -> None:
    mark = marked(priya, dana, FULL_MARKS, pass_mark=90)
    correct(mark, dana, LOW)
    assert outcome(mark) == (67, True)


def test_skills_tallies_and_statistics_follow_as_if_it_had_been_right(priya, dana) -> None:
    scale_noise(150, reason="Too narrow.", by=PersonFactory(admin=True), at=MONDAY)
    mark = marked(priya, dana)
    quiz = mark.attempt.activity
    count_attempts(at=MONDAY)
    correct(mark, dana)
    count_attempts(at=LATER)

    new = SkillEvidence.objects.get(user=priya, supersedes__isnull=False)
    old = new.supersedes
    assert (old.value, new.value, new.noise) == (0, 1, old.noise)
    assert list(evidence_of(priya).filter(skill=new.skill)) == [new]
    assert list(differing_estimates()) == []
    tally = ItemTally.objects.get(activity=quiz, step_id="letter")
    assert (tally.attempts, tally.points) == (1, 1)
    letter = next(row for row in statistics_page(quiz).rows if row.item.id == "letter")
    assert (letter.attempts, letter.facility) == (1, 100)


def test_only_who_gave_it_corrects_it(priya, dana) -> None:
    mark = marked(priya, dana)
    waiting = handed_in(priya)
    team = dana.memberships.get().team
    other = MembershipFactory(user__lead=True, team=team, is_lead=True).user
    for which, by in ((mark, other), (mark, priya), (waiting, dana)):
        with pytest.raises(NotYourMark):
            correct(which, by)
    assert (MarkCorrection.objects.count(), outcome(mark)) == (0, (67, True))


def test_the_same_again_changes_nothing_and_tells_nobody(priya, dana) -> None:
    mark = marked(priya, dana)
    assert correct(mark, dana) is not None
    assert correct(mark, dana) is None
    assert (MarkCorrection.objects.count(), len(mails())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_correct_it_once() -> None:
    dana, priya = a_pair()
    mark = marked(priya, dana)
    all_at_once([partial(correct, mark, dana)] * 4)
    assert (MarkCorrection.objects.count(), len(mails()), outcome(mark)) == (1, 1, (100, True))


def test_while_other_answers_wait_there_is_no_result_to_tell_of_yet(priya, dana) -> None:
    letter = handed_in(priya, patterns={"text": "Go on, please."})
    mark_answer(letter, levels=LOW, comment="", by=dana, at=MONDAY)
    correction = correct(letter, dana)
    assert (correction.old_percent, mails()) == (None, [])
    short = AnswerMark.objects.get(step_id="patterns")
    mark_answer(short, levels={"open": 2}, comment="", by=dana, at=LATER)
    assert outcome(letter) == (100, True)


def test_whoever_wrote_it_is_told_why_and_how(priya, dana, mail_server) -> None:
    mark = marked(priya, dana)
    correct(mark, dana, HALF)
    correct(mark, dana)
    OutgoingEmail.objects.filter(kind="mark_corrected").update(due_at=now())
    OutgoingEmail.objects.exclude(kind="mark_corrected").delete()
    deliver_due_emails(clock=now)
    [message] = mail_server.messages  # the first one was overtaken
    text = " ".join(message.get_body(("plain",)).get_content().split())
    assert message["To"].endswith(f"{priya.email}>") or priya.email in message["To"]
    assert WHY in text
    assert "Your result was 83%, and is 100% now." in text


def test_a_lead_corrects_on_the_page_and_both_see_the_old_mark(client: Client, priya, dana) -> None:
    mark = marked(priya, dana)
    page = f"/team/marking/{mark.pk}/"
    client.force_login(dana)
    assert f"{page}correct/" in html_of(client.get(page))
    html = html_of(client.get(f"{page}correct/"))
    assert 'name="level-facts" value="0" checked' in html
    assert "Hm.</textarea>" in html

    for wrong in ({"reason": ""}, {"level-facts": "9"}, {"reason": "x" * 501}):
        response = client.post(f"{page}correct/", SENT | wrong)
        assert (response.status_code, "field-error" in html_of(response)) == (422, True)
    same = SENT | {"level-facts": "0", "level-next": "0", "comment": "Hm."}
    assert "This is the mark as it stands." in html_of(client.post(f"{page}correct/", same))
    assert MarkCorrection.objects.count() == 0

    html = html_of(client.post(f"{page}correct/", SENT, follow=True))
    assert "Corrected. The old mark is kept" in html
    client.force_login(priya)
    for shown in (html, html_of(client.get(f"/attempts/{mark.attempt_id}/results/"))):
        assert WHY in shown
        assert "“Hm.”" in shown
        assert "0 of 2" in shown


def test_a_lead_who_did_not_give_it_finds_no_page(client: Client, priya, dana) -> None:
    mark = marked(priya, dana)
    team = dana.memberships.get().team
    other = MembershipFactory(user__lead=True, team=team, is_lead=True).user
    client.force_login(other)
    assert "correct/" not in html_of(client.get(f"/team/marking/{mark.pk}/"))
    assert client.get(f"/team/marking/{mark.pk}/correct/").status_code == 404
    assert client.post(f"/team/marking/{mark.pk}/correct/", SENT).status_code == 404
