"""Sharing a run and taking it back, comments on its moments, and the reflection: who sees what."""

import pytest
from django.test import Client

from assessments.actions.comments import add_comment
from assessments.actions.sharing import share_run
from assessments.models import Attempt, AttemptMode, MomentComment
from courses.models import Activity
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.runs import begin_run, finished_run
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory()


@pytest.fixture
def priya() -> User:
    return MembershipFactory(user__name="Priya Raman").user


@pytest.fixture
def dana(priya: User) -> User:
    team = priya.memberships.get().team
    return MembershipFactory(
        user__name="Dana Whitfield", user__lead=True, team=team, is_lead=True
    ).user


def status_for(client: Client, viewer: User, url: str) -> int:
    client.force_login(viewer)
    return client.get(url).status_code


def debrief_url(run: Attempt) -> str:
    return f"/attempts/{run.pk}/debrief/"


@pytest.mark.parametrize("mode", [AttemptMode.PRACTICE, AttemptMode.GUIDED])
def test_a_shared_run_is_for_the_own_lead_until_it_is_taken_back(
    client, call, priya, dana, mode
) -> None:
    run = finished_run(call, priya, mode=mode)
    stranger = MembershipFactory(user__lead=True, is_lead=True).user
    url = debrief_url(run)
    assert status_for(client, dana, url) == 404

    client.force_login(priya)
    client.post(f"/attempts/{run.pk}/share/")
    assert "You and your team lead can see this." in html_of(client.get(url))
    assert status_for(client, dana, url) == 200
    assert status_for(client, stranger, url) == 404

    client.force_login(priya)
    client.post(f"/attempts/{run.pk}/take-back/")
    assert "Only you can see this." in html_of(client.get(url))
    assert status_for(client, dana, url) == 404
    verbs = AuditEvent.objects.filter(subject_id=str(run.pk)).order_by("id")
    assert list(verbs.values_list("verb", flat=True))[-2:] == ["shared", "took_back"]


def test_only_practice_that_has_ended_is_shared(client, call, priya) -> None:
    client.force_login(priya)
    for run in (
        finished_run(call, priya, mode=AttemptMode.ASSESSED),
        begin_run(call, priya),
    ):
        client.post(f"/attempts/{run.pk}/share/")
        run.refresh_from_db()
        assert run.shared_at is None


def test_a_lead_finds_shared_and_assessed_runs_in_the_list(client, call, priya, dana) -> None:
    private, shared = finished_run(call, priya), finished_run(call, priya)
    share_run(shared.pk, by=priya, at=MONDAY)
    assessed = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    client.force_login(dana)
    html = html_of(client.get(f"/people/{priya.pk}/runs/"))
    assert [debrief_url(run) in html for run in (private, shared, assessed)] == [False, True, True]


def test_a_lead_comments_and_the_agent_sees_a_mark_and_the_words(client, call, priya, dana) -> None:
    run = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    client.force_login(dana)
    response = client.post(f"/attempts/{run.pk}/comments/2/", {"words": "Well <b>asked</b>."})
    assert response["Location"] == f"{debrief_url(run)}#m2"
    client.force_login(priya)
    html = html_of(client.get(debrief_url(run)))
    assert "Well &lt;b&gt;asked&lt;/b&gt;." in html
    assert "Edit your comment" not in html
    for url in (f"/activities/{call.pk}/", f"/people/{priya.pk}/runs/"):
        assert "1 comment" in html_of(client.get(url))


def test_one_mends_and_deletes_ones_own_comment_only(client, call, priya, dana) -> None:
    run = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    comment = add_comment(run, reply_number=1, words="First.", by=dana, at=MONDAY)
    urls = [f"/comments/{comment.pk}/{what}/" for what in ("edit", "delete")]
    for other in (priya, PersonFactory(admin=True)):
        assert [status_for(client, other, url) for url in urls] == [404, 404]
    client.force_login(dana)
    client.post(urls[0], {"words": "Second."})
    comment.refresh_from_db()
    assert (comment.words, comment.edited_at is not None) == ("Second.", True)
    assert "Delete this comment?" in html_of(client.get(urls[1]))
    client.post(urls[1])
    assert not MomentComment.objects.exists()


def test_a_lead_loses_their_comments_with_a_run_that_is_taken_back(
    client, call, priya, dana
) -> None:
    run = share_run(finished_run(call, priya).pk, by=priya, at=MONDAY)
    comment = add_comment(run, reply_number=1, words="Good.", by=dana, at=MONDAY)
    client.force_login(priya)
    client.post(f"/attempts/{run.pk}/take-back/")
    assert "Good." in html_of(client.get(debrief_url(run)))
    assert status_for(client, dana, f"/comments/{comment.pk}/edit/") == 404


@pytest.mark.parametrize("number", [0, 4])
def test_a_comment_needs_a_reply_to_stand_by(client, call, priya, number: int) -> None:
    run = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    client.force_login(priya)
    url = f"/attempts/{run.pk}/comments/{number}/"
    assert client.post(url, {"words": "Hm."}).status_code == 404


def test_a_private_run_takes_no_comments(client, call, priya) -> None:
    run = finished_run(call, priya)
    client.force_login(priya)
    assert "Comment on this moment" not in html_of(client.get(debrief_url(run)))
    assert client.post(f"/attempts/{run.pk}/comments/1/", {"words": "Hm."}).status_code == 404


def test_an_empty_comment_is_asked_for_again(client, call, priya) -> None:
    run = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    client.force_login(priya)
    response = client.post(f"/attempts/{run.pk}/comments/1/", {"words": " "})
    assert response.status_code == 422
    assert "Write your comment first." in html_of(response)


@pytest.mark.parametrize("mode", [AttemptMode.PRACTICE, AttemptMode.ASSESSED])
def test_a_reflection_is_private_unless_the_run_is_shared(client, call, priya, dana, mode) -> None:
    run = finished_run(call, priya, mode=mode)
    client.force_login(priya)
    response = client.post(
        f"/attempts/{run.pk}/reflection/",
        {"text": "I will ask first."},
        headers={"X-Requested-With": "fetch"},
    )
    assert response.status_code == 204
    assert "I will ask first." in html_of(client.get(debrief_url(run)))
    client.post(f"/attempts/{run.pk}/share/")
    client.force_login(dana)
    seen = "I will ask first." in html_of(client.get(debrief_url(run)))
    assert seen is (mode == AttemptMode.PRACTICE)


@pytest.mark.parametrize("count", [1, 3])
def test_a_leads_debrief_takes_the_same_queries_with_more_comments(
    client, call, priya, dana, count: int, django_assert_num_queries
) -> None:
    run = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    for number in range(count):
        add_comment(run, reply_number=number + 1, words="So.", by=dana, at=MONDAY)
    client.force_login(dana)
    client.get(debrief_url(run))
    with django_assert_num_queries(5):
        client.get(debrief_url(run))
