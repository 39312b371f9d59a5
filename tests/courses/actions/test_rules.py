"""Assignments that go on: they reach whoever joins, bring back what ran out, and can be stopped."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from courses.actions.assigning import assign_learning, undo_assignment
from courses.actions.changing import exempt_enrolment, withdraw_enrolment
from courses.actions.progress import finish_activity
from courses.actions.rules import NotTheirs, pass_on_rule, run_rules, stop_rule
from courses.due_dates import DuePolicy
from courses.models import Activity, Assignment, Enrolment, ModuleCompletion, PausedAs, RuleRun
from courses.queries.audience import AssignmentChoice
from courses.queries.rules import RunLine, coming_up, runs_of, takers_of
from portal.audit.models import AuditEvent
from portal.notifications.models import OutgoingEmail
from portal.people.actions.teams import leave_team
from portal.people.models import Team, User
from tests.factories.assigning import choice, lead_of, member_of
from tests.factories.courses import CompletionFactory, EnrolmentFactory, LessonFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory, ProgrammeFactory, TeamFactory

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def night() -> Team:
    return TeamFactory(name="Night Intake")


@pytest.fixture
def samuel(night: Team) -> User:
    return lead_of(night, name="Samuel Okafor")


@pytest.fixture
def lesson() -> Activity:
    return LessonFactory()


def rule(lesson: Activity, *named: User | Team, **fields: object) -> AssignmentChoice:
    return choice(lesson.module, *named, due=DuePolicy.after_assigning(14), **fields)


def rows(assignment: Assignment) -> list[tuple[object, ...]]:
    found = assignment.enrolments.order_by("pk")
    return list(found.values_list("user__name", "occurrence", "due_on"))


def test_a_rule_reaches_members_of_now_and_of_later_each_with_as_many_days(
    night: Team, samuel: User, lesson: Activity
) -> None:
    member_of(night, name="Imani")
    made = assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    below = TeamFactory(parent=ProgrammeFactory(parent=night.parent.parent))
    member_of(below, name="Of another team")
    member_of(night, name="Oren")
    assert [run_rules(now=MONDAY + DAY) for _ in range(2)] == [1, 0]
    assert rows(made.assignment) == [
        ("Imani", 1, date(2026, 12, 7)),
        ("Oren", 1, date(2026, 12, 8)),
    ]
    assert OutgoingEmail.objects.count() == 2
    assert runs_of(made.assignment) == [RunLine(MONDAY + DAY, 1, 0, ("Oren",))]


def test_who_joins_at_night_is_told_when_they_work(
    night: Team, samuel: User, lesson: Activity
) -> None:
    assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    oren = member_of(night)
    run_rules(now=datetime(2026, 11, 24, 6, tzinfo=UTC))
    assert OutgoingEmail.objects.get(recipient=oren).due_at == datetime(
        2026, 11, 24, 14, tzinfo=UTC
    )


def test_a_rule_can_start_with_nobody(night: Team, samuel: User, lesson: Activity) -> None:
    made = assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    assert (made.people, run_rules(now=MONDAY)) == (0, 0)
    assert not RuleRun.objects.exists()


def test_what_was_withdrawn_exempted_finished_or_given_by_others_stays_as_it_is(
    night: Team, samuel: User, lesson: Activity
) -> None:
    withdrawn, exempt = member_of(night), member_of(night)
    made = assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    why = {"reason": "A new role.", "by": samuel, "at": MONDAY}
    withdraw_enrolment(withdrawn.enrolments.get(), **why)
    exempt_enrolment(exempt.enrolments.get(), **why)
    CompletionFactory(user=member_of(night), module=lesson.module)
    EnrolmentFactory(user=member_of(night), module=lesson.module)
    member_of(night, is_active=False)
    assert run_rules(now=MONDAY + DAY) == 0
    assert made.assignment.enrolments.count() == 2


def test_a_stopped_or_undone_rule_reaches_nobody(
    night: Team, samuel: User, lesson: Activity
) -> None:
    first, second = (
        assign_learning(rule(one, night, reaches_later=True), by=samuel, at=MONDAY).assignment
        for one in (lesson, LessonFactory())
    )
    assert [stop_rule(first, by=samuel, at=MONDAY + HOUR) for _ in range(2)] == [True, False]
    undo_assignment(second, by=samuel, at=MONDAY)
    member_of(night)
    assert run_rules(now=MONDAY + DAY) == 0


def test_a_rule_brings_back_what_was_finished_and_adds_to_the_record(
    night: Team, samuel: User, lesson: Activity
) -> None:
    imani = member_of(night, name="Imani")
    chosen = rule(lesson, night, renew_months=12)
    made = assign_learning(chosen, by=samuel, at=MONDAY)
    finish_activity(lesson, lesson.live_revision, by=imani, at=MONDAY + HOUR)

    opens_at = datetime(2027, 10, 24, 15, tzinfo=UTC)  # 30 days before 23 November 2027
    assert run_rules(now=opens_at - DAY) == 0
    assert [run_rules(now=opens_at) for _ in range(2)] == [1, 0]
    assert rows(made.assignment) == [
        ("Imani", 1, date(2026, 12, 7)),
        ("Imani", 2, date(2027, 11, 23)),
    ]
    assert not imani.progress.exists()

    again_at = opens_at + DAY
    assert finish_activity(lesson, lesson.live_revision, by=imani, at=again_at)
    finish_activity(lesson, lesson.live_revision, by=imani, at=again_at + HOUR)
    record = ModuleCompletion.objects.order_by("number").values_list("number", "completed_at")
    assert list(record) == [(1, MONDAY + HOUR), (2, again_at)]
    assert not Enrolment.objects.open().exists()
    assert run_rules(now=again_at + DAY) == 0


def test_who_finished_long_ago_has_time_and_who_left_the_team_none(
    night: Team, samuel: User, lesson: Activity
) -> None:
    old, gone = member_of(night, name="Old hand"), member_of(night)
    for person in (old, gone):
        long_ago = MONDAY - timedelta(days=1000)
        CompletionFactory(user=person, module=lesson.module, completed_at=long_ago)
    leave_team(gone.memberships.get(), by=samuel, at=MONDAY)
    made = assign_learning(rule(lesson, night, renew_months=6), by=samuel, at=MONDAY)
    assert [run_rules(now=MONDAY) for _ in range(2)] == [1, 0]
    assert rows(made.assignment) == [("Old hand", 1, date(2026, 12, 23))]
    withdraw_enrolment(old.enrolments.get(), reason="No.", by=samuel, at=MONDAY + HOUR)
    assert run_rules(now=MONDAY + DAY) == 0


def test_a_rule_pauses_while_its_lead_may_not_assign_to_its_teams_and_can_be_passed_on(
    night: Team, samuel: User, lesson: Activity, client: Client
) -> None:
    made = assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    leave_team(samuel.memberships.get(), by=None, at=MONDAY)
    oren = member_of(night, name="Oren")
    assert run_rules(now=MONDAY + DAY) == 0
    paused = Assignment.objects.paused().get()
    assert (paused, paused.paused_as) == (made.assignment, PausedAs.OTHER_TEAMS)

    lena, stranger = lead_of(night, name="Lena Ortiz"), lead_of(TeamFactory())
    alex = PersonFactory(admin=True)
    assert [takers_of(paused, one) for one in (alex, lena, stranger)] == [[lena], [lena], []]
    with pytest.raises(NotTheirs):
        pass_on_rule(paused, to=stranger, by=alex, at=MONDAY)
    client.force_login(alex)
    page = client.get("/team/rules/").content.decode()
    assert "doesn’t lead all of its teams any more" in page
    assert "It pauses" in client.get(f"/team/assignments/{paused.pk}/").content.decode()
    client.post(f"/team/assignments/{paused.pk}/pass-on/", {"to": lena.pk})
    assert run_rules(now=MONDAY + DAY) == 1
    assert oren.enrolments.get().assignment.lead == lena
    verbs = AuditEvent.objects.filter(verb__endswith="rule").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "paused rule",
        "passed on rule",
        "ran rule",
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"is_active": False}, PausedAs.LEFT), ({"roles": ["agent"]}, PausedAs.NO_LEAD)],
)
def test_a_rule_of_who_left_or_is_no_lead_pauses_until_that_changes(
    fields: dict, why: PausedAs, night: Team, samuel: User, lesson: Activity
) -> None:
    assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    member_of(night)
    User.objects.filter(pk=samuel.pk).update(**fields)
    assert run_rules(now=MONDAY + DAY) == 0
    assert Assignment.objects.get().paused_as == why
    User.objects.filter(pk=samuel.pk).update(is_active=True, roles=["lead"])
    assert run_rules(now=MONDAY + 2 * DAY) == 1
    assert not Assignment.objects.paused().exists()


def test_what_comes_back_in_the_next_weeks_is_told_before(
    night: Team, samuel: User, lesson: Activity
) -> None:
    imani = member_of(night, name="Imani")
    CompletionFactory(user=imani, module=lesson.module, completed_at=MONDAY - 300 * DAY)
    made = assign_learning(rule(lesson, night, renew_months=12), by=samuel, at=MONDAY)
    coming = [
        (one.person, one.opens_on, one.due_on) for one in coming_up(made.assignment, now=MONDAY)
    ]
    assert coming == [(imani, date(2026, 12, 28), date(2027, 1, 27))]
    assert run_rules(now=MONDAY) == 0


@pytest.mark.parametrize("people", [1, 50])
def test_a_run_costs_the_same_queries_for_any_number_of_people(
    people: int, night: Team, samuel: User, lesson: Activity, django_assert_num_queries
) -> None:
    assign_learning(rule(lesson, night, reaches_later=True, renew_months=12), by=samuel, at=MONDAY)
    for _ in range(people):
        member_of(night)
        CompletionFactory(
            user=member_of(night), module=lesson.module, completed_at=MONDAY - 400 * DAY
        )
    with django_assert_num_queries(30):
        assert run_rules(now=MONDAY) == 2 * people


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_give_it_to_each_person_once() -> None:
    night, lesson = TeamFactory(), LessonFactory()
    samuel = lead_of(night)
    assign_learning(rule(lesson, night, reaches_later=True), by=samuel, at=MONDAY)
    for _ in range(8):
        member_of(night)
    start = threading.Barrier(2)

    def sweep() -> None:
        start.wait()
        try:
            run_rules(now=MONDAY + DAY)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (Enrolment.objects.count(), OutgoingEmail.objects.count()) == (8, 8)
    assert RuleRun.objects.get().reached == 8
