"""Typed replies: when the coach and the panel speak, reports that it is wrong, and own marks."""

import pytest
from django.test import Client

from assessments.actions.scenario_runs import answer_moment, keep_typed_reply
from assessments.models import Attempt, AttemptMode, CoachReport, OwnMark, SkillEvidence
from courses.models import Activity
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.assessments import CoachReportFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.runs import begin_run, play, typed_scenario
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

TEXT = "Is it the copay <b>?</b>"
JARGON = {"rule": "jargon", "start": 10, "end": 15}
SAYS, EXPERT = "This is on our list of insurance", "An expert speaks at hello."
BESIDE = "Beside yours: what the panel would say"
FETCHED = {"X-Requested-With": "fetch"}


@pytest.fixture
def call() -> Activity:
    return typed_scenario()


@pytest.fixture
def priya(client: Client) -> User:
    person = MembershipFactory(user__name="Priya Raman").user
    client.force_login(person)
    return person


def typed(call: Activity, priya: User, mode: AttemptMode = AttemptMode.GUIDED) -> Attempt:
    """Begin a run and type a reply that the coach can say something about."""
    run = begin_run(call, priya, mode)
    return keep_typed_reply(run.pk, seq=1, moment="hello", text=TEXT, by=priya, at=MONDAY)


def ended(call: Activity, priya: User, mode: AttemptMode = AttemptMode.PRACTICE) -> Attempt:
    """Return such a run that has ended."""
    return finish(typed(call, priya, mode))


def finish(run: Attempt) -> Attempt:
    """Choose the nearest branch, and then the last reply."""
    run = answer_moment(run.pk, seq=2, moment="hello", choice="B", by=run.user, at=MONDAY)
    return play(run, "B")


def page(client: Client, run: Attempt, name: str = "call") -> str:
    return html_of(client.get(f"/attempts/{run.pk}/{name}/"))


def report_url(run: Attempt, seq: int = 1) -> str:
    return f"/attempts/{run.pk}/typed/{seq}/report/"


# When the coach and the panel speak


def test_a_guided_call_points_at_words_before_the_branch_is_chosen(client, call, priya) -> None:
    run = typed(call, priya)
    html = page(client, run)
    assert "<mark>copay</mark><sup>2</sup>" in html
    assert SAYS in html
    assert "What is not marked means nothing" in html
    assert "Your words stay on this server." in html
    assert html.count('method="post"') == html.count("csrfmiddlewaretoken")
    assert EXPERT not in html
    html = html_of(
        client.post(
            f"/attempts/{run.pk}/reply/",
            {"seq": 2, "moment": "hello", "choice": "B"},
            headers=FETCHED,
        )
    )
    assert EXPERT in html
    assert "This is what the agent says if they choose A." in html


@pytest.mark.parametrize("mode", [AttemptMode.PRACTICE, AttemptMode.ASSESSED])
def test_elsewhere_the_coach_waits_for_the_debrief(client, call, priya, mode) -> None:
    run = typed(call, priya, mode)
    html = page(client, run)
    assert "Is it the copay" in html
    assert SAYS not in html
    html = page(client, finish(run), "debrief")
    for shown in (SAYS, BESIDE, EXPERT):
        assert shown in html


def test_words_without_a_match_are_never_called_safe(client, call, priya) -> None:
    run = begin_run(call, priya, AttemptMode.GUIDED)
    keep_typed_reply(run.pk, seq=1, moment="hello", text="So.", by=priya, at=MONDAY)
    html = page(client, run)
    assert "No rule matched here, which means nothing, good or bad" in html
    assert "unsafe" not in html


def test_a_coach_elsewhere_is_said_before_one_types(client, call, priya, settings) -> None:
    settings.REPLY_COACH = "tests.assessments.queries.test_coach.OutsideCoach"
    assert "A service outside this server reads this" in page(client, begin_run(call, priya))


def test_what_is_typed_is_no_evidence(call, priya) -> None:
    ended(call, priya, AttemptMode.ASSESSED)
    assert list(SkillEvidence.objects.values_list("skill", flat=True)) == ["problem"]


# This is wrong


def test_an_agent_says_that_the_coach_is_wrong(client, call, priya) -> None:
    run = typed(call, priya)
    response = client.post(report_url(run), JARGON | {"note": "She used the word."})
    assert response["Location"] == f"/attempts/{run.pk}/call/"
    report = CoachReport.objects.get()
    assert (report.words, report.note, report.reported_by) == ("copay", "She used the word.", priya)
    assert AuditEvent.objects.filter(verb="reported_coach").exists()
    html = page(client, run)
    assert "You said that this is wrong." in html
    client.post(report_url(run), JARGON | {"note": "Again."})
    assert CoachReport.objects.get().note == "She used the word."


@pytest.mark.parametrize(
    "sent", [JARGON | {"start": 0}, JARGON | {"end": 9999}, JARGON | {"rule": "question"}]
)
def test_only_what_the_coach_says_can_be_wrong(client, call, priya, sent) -> None:
    run = ended(call, priya)
    assert client.post(report_url(run), sent).status_code == 404
    assert client.post(report_url(run, seq=2), JARGON).status_code == 404
    assert not CoachReport.objects.exists()


def test_a_report_tells_nothing_before_the_debrief(client, call, priya) -> None:
    run = typed(call, priya, AttemptMode.PRACTICE)
    assert client.post(report_url(run), JARGON).status_code == 404


def test_a_note_that_is_too_long_stays_in_the_box(client, call, priya) -> None:
    run = ended(call, priya)
    response = client.post(report_url(run), JARGON | {"note": "é" * 501})
    assert response.status_code == 422
    assert "é" * 501 in html_of(response)
    assert 'name="rule" value="jargon"' in html_of(response)


# For authors


def test_authors_read_reports_by_rule_without_the_name_and_settle_them(client, call, priya) -> None:
    run = ended(call, priya)
    client.post(report_url(run), JARGON | {"note": "She used it."})
    mei = PersonFactory(name="Mei Tanaka", author=True)
    client.force_login(mei)
    html = html_of(client.get("/content/coach/"))
    for shown in ("1 open · 0 settled", "copay", "She used it.", SAYS):
        assert shown in html
    assert "Priya" not in html
    report = CoachReport.objects.get()
    client.post(f"/content/coach/{report.pk}/settle/")
    report.refresh_from_db()
    assert (report.settled_by, report.is_settled) == (mei, True)
    assert "No open reports" in html_of(client.get("/content/coach/"))
    assert "She used it." in html_of(client.get("/content/coach/?state=settled"))
    client.post(f"/content/coach/{report.pk}/settle/", {"reopen": "1"})
    report.refresh_from_db()
    assert (report.settled_by, report.is_settled) == (None, False)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_of_reports_takes_three_queries(client, count, django_assert_num_queries) -> None:
    client.force_login(PersonFactory(author=True))
    CoachReportFactory.create_batch(count)
    client.get("/content/coach/")
    with django_assert_num_queries(3):
        client.get("/content/coach/")


# One's own mark


def test_an_agent_marks_their_own_reply_and_the_newest_mark_stands(client, call, priya) -> None:
    run = ended(call, priya)
    url = f"/attempts/{run.pk}/typed/1/mark/"
    response = client.post(url, {"mark-A": "part", "mark-expert": "same"}, headers=FETCHED)
    assert response.status_code == 204
    assert client.post(url, {"mark-A": "other"})["Location"] == f"/attempts/{run.pk}/debrief/"
    marks = OwnMark.objects.order_by("reply").values_list("reply", "nearness")
    assert list(marks) == [("A", "other"), ("expert", "same")]
    html = page(client, run, "debrief")
    assert 'name="mark-A" value="other" checked' in html
    assert 'name="mark-expert" value="same" checked' in html


@pytest.mark.parametrize("sent", [{"mark-A": "best"}, {"mark-A": "5"}])
def test_a_mark_is_one_of_three(client, call, priya, sent) -> None:
    run = ended(call, priya)
    assert client.post(f"/attempts/{run.pk}/typed/1/mark/", sent).status_code == 404


def test_nobody_marks_before_the_branch_is_chosen(client, call, priya) -> None:
    run = typed(call, priya)
    assert client.post(f"/attempts/{run.pk}/typed/1/mark/", {}).status_code == 404


def test_a_lead_reads_the_words_the_marks_and_the_coach_of_an_assessed_run(
    client, call, priya
) -> None:
    run = ended(call, priya, AttemptMode.ASSESSED)
    client.post(f"/attempts/{run.pk}/typed/1/mark/", {"mark-A": "part"})
    team = priya.memberships.get().team
    client.force_login(MembershipFactory(user__lead=True, team=team, is_lead=True).user)
    html = page(client, run, "debrief")
    for shown in ("Mine does some of it", SAYS, "Comment on this moment"):
        assert shown in html
    assert "This is wrong" not in html
    assert "Keep my marks" not in html
    assert client.post(report_url(run), JARGON).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_words_with_the_coach_cost_one_more_query(
    client, call, priya, count: int, django_assert_num_queries
) -> None:
    run = ended(call, priya)
    CoachReportFactory.create_batch(count, answer=run.answers.get(seq=1))
    client.get(f"/attempts/{run.pk}/debrief/")
    with django_assert_num_queries(5):
        client.get(f"/attempts/{run.pk}/debrief/")
