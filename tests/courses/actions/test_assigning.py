"""Assigning a module: whom it reaches, once each, and taking it back."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from courses.actions.assigning import (
    NobodyNew,
    UndoIsOver,
    assign_learning,
    undo_assignment,
)
from courses.actions.progress import finish_activity
from courses.models import Assignment, Enrolment, Module
from courses.queries.audience import UnknownAudience
from portal.audit.models import AuditEvent
from portal.notifications.models import OutgoingEmail
from portal.people.models import Team, User
from tests.factories.assigning import FRIDAY_4_DECEMBER, choice, lead_of, member_of
from tests.factories.courses import (
    CompletionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)
from tests.factories.moments import MONDAY
from tests.factories.people import (
    PersonFactory,
    ProgrammeFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team) -> User:
    return lead_of(blue, name="Dana Whitfield")


@pytest.fixture
def module() -> Module:
    return ModuleFactory()


def test_everybody_named_gets_an_enrolment_with_moments_in_their_own_zone(
    blue: Team, dana: User, module: Module
) -> None:
    priya = member_of(blue, time_zone="America/New_York")
    oren = member_of(blue, time_zone="Asia/Manila")

    made = assign_learning(choice(module, priya, oren), by=dana, at=MONDAY, note="A short one.")

    assert made.people == 2
    rows = Enrolment.objects.order_by("user").values_list(
        "user", "due_on", "due_at", "remind_at", "overdue_note_at", "created_at"
    )
    assert list(rows) == [
        (
            priya.pk,
            FRIDAY_4_DECEMBER,
            datetime(2026, 12, 5, 4, 59, 59, tzinfo=UTC),
            datetime(2026, 12, 1, 14, tzinfo=UTC),
            datetime(2026, 12, 7, 14, tzinfo=UTC),
            MONDAY,
        ),
        (
            oren.pk,
            FRIDAY_4_DECEMBER,
            datetime(2026, 12, 4, 15, 59, 59, tzinfo=UTC),
            datetime(2026, 12, 1, 1, tzinfo=UTC),
            datetime(2026, 12, 7, 1, tzinfo=UTC),
            MONDAY,
        ),
    ]


def test_the_assignment_says_what_was_decided_and_by_whom(
    blue: Team, dana: User, module: Module
) -> None:
    priya = member_of(blue, name="Priya Raman")
    chosen = choice(module, blue, priya, days_before=None, notes_overdue=False)

    assignment = assign_learning(chosen, by=dana, at=MONDAY, note="A short one.").assignment

    stored = Assignment.objects.values(
        "module", "due_on", "remind_days_before", "notes_overdue", "note", "audience", "made_by"
    ).get()
    assert stored == {
        "module": module.pk,
        "due_on": FRIDAY_4_DECEMBER,
        "remind_days_before": None,
        "notes_overdue": False,
        "note": "A short one.",
        "audience": "Scheduling Blue, Priya Raman",
        "made_by": dana.pk,
    }
    event = AuditEvent.objects.get(verb="assigned")
    assert (event.actor_id, event.subject_id, event.details) == (
        dana.pk,
        str(assignment.pk),
        {
            "what": "courses.module",
            "id": module.pk,
            "due": "on_date",
            "due_on": "2026-12-04",
            "due_days": None,
            "people": [priya.pk],
            "teams": [blue.pk],
            "roles": [],
            "tags": [],
            "views": [],
            "reaches_later": False,
            "renew_months": None,
            "reached": 1,
        },
    )


def test_each_person_gets_one_mail_at_once(blue: Team, dana: User, module: Module) -> None:
    priya = member_of(blue)
    assignment = assign_learning(choice(module, blue), by=dana, at=MONDAY).assignment

    mail = OutgoingEmail.objects.get()
    assert (mail.kind, mail.recipient, mail.to_address, mail.due_at) == (
        "learning_assigned",
        priya,
        priya.email,
        MONDAY,
    )
    assert mail.dedupe_key == f"learning_assigned:{priya.pk}:{assignment.pk}"
    assert mail.params == {"enrolments": [assignment.enrolments.get().pk]}


def test_a_team_means_its_members_and_those_of_all_teams_below(module: Module) -> None:
    programme = ProgrammeFactory()
    blue, night = TeamFactory(parent=programme), TeamFactory(parent=programme)
    head = lead_of(programme)
    expected = {member_of(blue).pk, member_of(night).pk, lead_of(night).pk}
    member_of(TeamFactory())

    assign_learning(choice(module, programme), by=head, at=MONDAY)

    assert set(Enrolment.objects.values_list("user", flat=True)) == expected


def test_a_person_in_two_teams_gets_it_once_and_one_mail(module: Module) -> None:
    programme = ProgrammeFactory()
    blue, night = TeamFactory(parent=programme), TeamFactory(parent=programme)
    priya = member_of(blue, night)

    made = assign_learning(choice(module, blue, night, priya), by=lead_of(programme), at=MONDAY)

    assert (made.people, Enrolment.objects.count(), OutgoingEmail.objects.count()) == (1, 1, 1)


def test_who_has_it_finished_it_or_left_is_passed_over(
    blue: Team, dana: User, module: Module
) -> None:
    has_it, finished, _left, new = (
        member_of(blue),
        member_of(blue),
        member_of(blue, is_active=False),
        member_of(blue),
    )
    EnrolmentFactory(user=has_it, module=module)
    CompletionFactory(user=finished, module=module)

    assignment = assign_learning(choice(module, blue), by=dana, at=MONDAY).assignment

    assert [one.user for one in assignment.enrolments.all()] == [new]
    assert Enrolment.objects.get(user=has_it).due_on == date(2026, 11, 27)


def test_who_was_withdrawn_can_get_it_again(blue: Team, dana: User, module: Module) -> None:
    priya = member_of(blue)
    EnrolmentFactory(user=priya, module=module, withdrawn=True)
    assert assign_learning(choice(module, priya), by=dana, at=MONDAY).people == 1


def test_who_can_no_longer_make_it_that_day_is_passed_over(
    blue: Team, dana: User, module: Module
) -> None:
    member_of(blue, time_zone="Pacific/Kiritimati")  # where Tuesday has begun
    here = member_of(blue)
    today = date(2026, 11, 23)

    assignment = assign_learning(choice(module, blue, due_on=today), by=dana, at=MONDAY).assignment

    assert [one.user for one in assignment.enrolments.all()] == [here]


def test_assigning_twice_changes_nothing_the_second_time(
    blue: Team, dana: User, module: Module
) -> None:
    member_of(blue)
    assign_learning(choice(module, blue), by=dana, at=MONDAY)
    with pytest.raises(NobodyNew, match="Everybody you chose has this already"):
        assign_learning(choice(module, blue), by=dana, at=MONDAY)
    assert (Assignment.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


def test_an_empty_team_reaches_nobody(blue: Team, dana: User, module: Module) -> None:
    with pytest.raises(NobodyNew):
        assign_learning(choice(module, blue), by=dana, at=MONDAY)


@pytest.mark.parametrize(
    "stranger", [lambda: member_of(TeamFactory()), TeamFactory, lambda: PersonFactory(admin=True)]
)
def test_other_teams_and_their_people_answer_like_nobody_at_all(
    stranger: Callable[[], User | Team], blue: Team, dana: User, module: Module
) -> None:
    priya = member_of(blue)
    with pytest.raises(UnknownAudience):
        assign_learning(choice(module, priya, stranger()), by=dana, at=MONDAY)
    with pytest.raises(UnknownAudience):
        assign_learning(choice(module, priya, type(priya)(pk=10**9)), by=dana, at=MONDAY)
    assert not Enrolment.objects.exists()


def test_nobody_assigns_to_themselves(blue: Team, dana: User, module: Module) -> None:
    member_of(blue)
    with pytest.raises(UnknownAudience):
        assign_learning(choice(module, dana), by=dana, at=MONDAY)
    assign_learning(choice(module, blue), by=dana, at=MONDAY)
    assert not dana.enrolments.exists()


def test_an_admin_can_choose_anybody(module: Module) -> None:
    far_away = member_of(TeamFactory())
    made = assign_learning(choice(module, far_away), by=PersonFactory(admin=True), at=MONDAY)
    assert made.people == 1


def test_assigning_costs_the_same_queries_for_one_person_and_for_fifty(
    blue: Team,
    dana: User,
    django_assert_num_queries: Callable[..., object],
) -> None:
    first, second = choice(ModuleFactory(), blue), choice(ModuleFactory(), blue)
    member_of(blue)
    list(dana.led_paths)
    with django_assert_num_queries(16):
        assign_learning(first, by=dana, at=MONDAY)
    for _ in range(49):
        member_of(blue)
    with django_assert_num_queries(16):
        assign_learning(second, by=dana, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_give_it_to_each_person_once() -> None:
    module, blue = ModuleFactory(), TeamFactory()
    leads = [lead_of(blue), lead_of(blue)]
    people = [member_of(blue) for _ in range(8)]
    start = threading.Barrier(2)

    def assign(lead: User) -> None:
        start.wait()
        try:
            assign_learning(choice(module, *people), by=lead, at=MONDAY)
        except NobodyNew:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=assign, args=(lead,)) for lead in leads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Enrolment.objects.values_list("user", flat=True)) == [one.pk for one in people]
    assert OutgoingEmail.objects.count() == len(people)


# Taking it back


def test_undoing_withdraws_what_is_still_open(blue: Team, dana: User) -> None:
    lesson = LessonFactory()
    quick, slow = member_of(blue), member_of(blue)
    assignment = assign_learning(choice(lesson.module, blue), by=dana, at=MONDAY).assignment
    soon = MONDAY + timedelta(minutes=30)
    finish_activity(lesson, lesson.live_revision, by=quick, at=soon)

    assert undo_assignment(assignment, by=dana, at=soon) == 1

    rows = Enrolment.objects.order_by("user").values_list("user", "completed_at", "withdrawn_at")
    assert list(rows) == [(quick.pk, soon, None), (slow.pk, None, soon)]
    assert AuditEvent.objects.get(verb="undid").details == {"withdrawn": 1}


def test_undoing_twice_changes_nothing_the_second_time(
    blue: Team, dana: User, module: Module
) -> None:
    member_of(blue)
    assignment = assign_learning(choice(module, blue), by=dana, at=MONDAY).assignment
    assert undo_assignment(assignment, by=dana, at=MONDAY) == 1
    assert undo_assignment(assignment, by=dana, at=MONDAY + timedelta(minutes=1)) == 0
    assert Assignment.objects.get().undone_at == MONDAY


def test_after_an_hour_it_cannot_be_undone(blue: Team, dana: User, module: Module) -> None:
    member_of(blue)
    assignment = assign_learning(choice(module, blue), by=dana, at=MONDAY).assignment
    an_hour = timedelta(hours=1)
    assert assignment.can_be_undone(MONDAY + an_hour - timedelta(seconds=1))
    with pytest.raises(UndoIsOver, match="more than an hour ago"):
        undo_assignment(assignment, by=dana, at=MONDAY + an_hour)
    assert Enrolment.objects.open().count() == 1
