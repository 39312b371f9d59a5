"""The small world of the access tests with fifty of everything that a page can list."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import models

from assessments.actions.refreshing import retire_card
from assessments.models import AttemptState, SkillEstimate, SkillEvidence
from courses.models import (
    Activity,
    RuleRun,
)
from portal.coaching.models import (
    AgendaItem,
    CalibrationSeat,
    Observation,
)
from portal.kit.clock import now
from portal.notifications.models import DeliveryTry
from portal.notifications.models.delivery_try import TryOutcome
from portal.people.models import User
from portal.programmes.models import StepTick
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.factories.refreshers import give_cards
from tests.security.belongings import Belongings
from tests.security.objects import World

MORE = 49
Row = TypeVar("Row", bound=models.Model)


def add_single_rows(world: World) -> None:
    """Add one of what the access tests do without, so that each list of a page has its one row."""
    own = world.own
    AgendaItem.objects.create(
        session=own.session,
        kind="topic",
        key="topic:0",
        words="Night calls",
        position=1,
        added_by=own.person,
        added_at=now(),
    )
    MembershipFactory(user=PersonFactory(name="Mate 0"), team=world.team)
    DeliveryTry.objects.create(
        email=own.mail, number=1, ended_at=now(), outcome=TryOutcome.values[0]
    )
    RuleRun.objects.create(assignment=own.enrolment.assignment, at=now(), reached=1, renewed=0)
    _put_cards_away(own, 1)


def fill_up(world: World) -> None:
    """Bring whatever a page of this world lists from one to fifty."""
    mates = _mates(world)
    _duties(world, mates)
    _runs(world.own, mates)
    _skills(world.own, mates)
    _sessions(world, mates)
    _programmes(world.own, mates)
    _mails(world.own)
    _put_cards_away(world.own, MORE)
    give_cards(world.own.person, MORE)
    _authoring(world)


def copies(one: Row, times: int = MORE, **varied: Callable[[int], Any]) -> list[Row]:
    """Store further rows like this one; `varied` gives fields by the number of the copy."""
    kind = type(one)
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    same = {field.attname: getattr(one, field.attname) for field in fields}
    own_key = {"pk": lambda _: uuid4()} if isinstance(one.pk, UUID) else {}
    made = [
        kind(**same | {name: give(number) for name, give in (own_key | varied).items()})
        for number in range(1, times + 1)
    ]
    return kind._default_manager.bulk_create(made)


def _mates(world: World) -> list[User]:
    """Fill the team, and put the agent and the lead into fifty teams of one programme."""
    mates = copies(
        world.own.person,
        email=lambda number: f"mate-{number}@example.org",
        name=lambda number: f"Mate {number}",
    )
    copies(world.membership, user_id=lambda number: mates[number - 1].pk)
    for _ in range(MORE):
        team = TeamFactory(parent=world.team.parent)
        MembershipFactory(user=world.own.person, team=team)
        MembershipFactory(user=world.viewers["lead"], team=team, is_lead=True)
    copies(
        world.invitation,
        email=lambda number: f"riley-{number}@example.org",
        token_sha256=lambda number: f"{number:064}",
    )
    return mates


def _duties(world: World, mates: Sequence[User]) -> None:
    """Give each mate the module, and the agent fifty modules with an assignment each."""
    duty = world.own.enrolment
    assert duty.assignment is not None
    copies(duty, user_id=lambda number: mates[number - 1].pk)
    copies(world.lesson.module.course, slug=lambda number: f"course-copy-{number}")
    modules = copies(world.lesson.module, slug=lambda number: f"copy-{number}")
    for activity in Activity.objects.filter(module=world.lesson.module):
        copies(activity, module_id=lambda number: modules[number - 1].pk)
    for sheet in world.lesson.module.sheets.all():
        copies(sheet, module_id=lambda number: modules[number - 1].pk)
    copies(world.lesson, slug=lambda number: f"lesson-{number}")
    assignments = copies(duty.assignment, module_id=lambda number: modules[number - 1].pk)
    copies(
        duty,
        module_id=lambda number: modules[number - 1].pk,
        assignment_id=lambda number: assignments[number - 1].pk,
    )
    copies(world.own.view, name=lambda number: f"View {number}")
    run = RuleRun.objects.get(assignment=duty.assignment)
    copies(run, at=lambda number: run.at - timedelta(days=number))


def _runs(own: Belongings, mates: Sequence[User]) -> None:
    """Let the agent have finished fifty calls and quizzes, and each mate one."""
    for past in (own.past_call, own.past_quiz, own.mark.attempt):
        numbered = copies(past, number=lambda number: 1000 + number)
        copies(past, user_id=lambda number: mates[number - 1].pk)
        if past == own.mark.attempt:
            copies(own.mark, attempt_id=lambda number: numbered[number - 1].pk)  # noqa: B023  (called before the next turn)
    assert own.past_call.state == AttemptState.FINISHED
    copies(own.comment)


def _skills(own: Belongings, mates: Sequence[User]) -> None:
    """Give the agent fifty pieces of each kind of evidence, and each mate estimates."""
    for piece in SkillEvidence.objects.filter(user=own.person):
        copies(
            piece,
            attempt_id=lambda _: None,
            proof=lambda number: f"import:{piece.pk}:{number}",  # noqa: B023  (called before the next turn)
        )
    for estimate in SkillEstimate.objects.filter(user=own.person):
        copies(estimate, user_id=lambda number: mates[number - 1].pk)
    for check in own.person.safety_checks.all():
        copies(check, gate=lambda number: f"gate-{number}")
    copies(own.other_view, user_id=lambda number: mates[number - 1].pk)


def _sessions(world: World, mates: Sequence[User]) -> None:
    """Plan fifty sessions; let the first have fifty topics, agreements, ratings and raters."""
    own = world.own
    starts, ends = own.session.starts_at, own.session.ends_at
    assert starts is not None
    assert ends is not None
    copies(own.session, starts_at=_later(starts, 0), ends_at=_later(ends, 0))
    copies(
        own.session,
        agent_id=lambda number: mates[number - 1].pk,
        starts_at=_later(starts, MORE),
        ends_at=_later(ends, MORE),
    )
    copies(own.action)
    for item in AgendaItem.objects.filter(session=own.session, kind="topic"):
        copies(item, key=lambda number: f"topic:{number}")
    for heard in Observation.objects.filter(session=own.session):
        further = copies(heard)
        for rating in heard.ratings.all():
            copies(rating, observation_id=lambda number: further[number - 1].pk)  # noqa: B023  (called before the next turn)
    rounds = copies(own.round)
    seat = CalibrationSeat.objects.filter(round=own.round).earliest("pk")
    copies(seat, round_id=lambda number: rounds[number - 1].pk)
    copies(seat, rater_id=lambda number: mates[number - 1].pk)


def _later(moment: datetime, days: int) -> Callable[[int], datetime]:
    return lambda number: moment + timedelta(days=days + number)


def _programmes(own: Belongings, mates: Sequence[User]) -> None:
    """Give the programme to each mate, and fifty of them to the agent."""
    given = own.programme
    copies(given, user_id=lambda number: mates[number - 1].pk)
    programmes = copies(given.programme, slug=lambda number: f"weeks-{number}")
    versions = copies(given.version, programme_id=lambda number: programmes[number - 1].pk)
    copies(
        given,
        programme_id=lambda number: programmes[number - 1].pk,
        version_id=lambda number: versions[number - 1].pk,
    )
    tick = StepTick(given=given, step="cards", ticked_at=now())
    copies(tick, step=lambda number: f"step-{number}")


def _mails(own: Belongings) -> None:
    copies(
        own.mail,
        dedupe_key=lambda number: f"copy:{number}",
        message_id=lambda number: f"<copy-{number}@example.org>",
    )
    copies(DeliveryTry.objects.get(email=own.mail), number=lambda number: number + 1)


def _put_cards_away(own: Belongings, number: int) -> None:
    for card in give_cards(own.person, number):
        retire_card(card.pk, by=own.person, at=now())


def _authoring(world: World) -> None:
    """Publish each activity fifty times, and report fifty observations of the coach."""
    for activity in (world.lesson, world.scenario, world.quiz):
        last = activity.revisions.order_by("number").last()
        assert last is not None
        copies(last, number=lambda number, last=last: last.number + number)
    report = world.coach_report
    copies(report, start=lambda number: 100 * number, end=lambda number: 100 * number + 5)
    copies(world.event)
