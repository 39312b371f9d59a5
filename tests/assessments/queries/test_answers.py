"""Whose attempts one may see, and which answer to an item stands."""

import pytest

from assessments.models import Attempt, AttemptMode, AttemptState
from assessments.queries.answers import attempts_visible_to, latest_responses, own_attempts
from portal.people.models import User
from tests.factories.assessments import AnswerFactory, AttemptFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db


def attempts_of(user: User) -> dict[str, Attempt]:
    """Return one attempt of each mode and state that matters to who may see it."""
    return {
        "guided": AttemptFactory(user=user, mode=AttemptMode.GUIDED, finished=True),
        "practice": AttemptFactory(user=user, mode=AttemptMode.PRACTICE, finished=True),
        "assessed": AttemptFactory(user=user, mode=AttemptMode.ASSESSED, finished=True),
        "expired": AttemptFactory(
            user=user, mode=AttemptMode.ASSESSED, finished=True, state=AttemptState.EXPIRED
        ),
        "open": AttemptFactory(user=user, mode=AttemptMode.ASSESSED),
    }


@pytest.fixture
def lead() -> User:
    """The lead of a team below a program."""
    return MembershipFactory(user__roles=["lead"], is_lead=True).user


@pytest.fixture
def member(lead: User) -> User:
    return MembershipFactory(team=lead.memberships.get().team).user


def seen(viewer: User, attempts: dict[str, Attempt]) -> set[str]:
    visible = set(attempts_visible_to(viewer))
    return {name for name, attempt in attempts.items() if attempt in visible}


def test_one_sees_every_attempt_of_ones_own(member) -> None:
    attempts = attempts_of(member)
    assert seen(member, attempts) == set(attempts)


def test_a_lead_sees_finished_assessed_attempts_of_their_people_and_no_practice(
    lead, member
) -> None:
    assert seen(lead, attempts_of(member)) == {"assessed", "expired"}


def test_a_lead_of_another_team_sees_nothing(member) -> None:
    other = MembershipFactory(user__roles=["lead"], is_lead=True).user
    assert seen(other, attempts_of(member)) == set()


def test_a_lead_sees_the_people_of_teams_below(member) -> None:
    above = MembershipFactory(
        user__roles=["lead"], team=member.memberships.get().team.parent, is_lead=True
    ).user
    assert seen(above, attempts_of(member)) == {"assessed", "expired"}


def test_a_member_sees_nothing_of_a_colleague_or_of_the_lead(lead, member) -> None:
    colleague = MembershipFactory(team=member.memberships.get().team).user
    assert seen(member, attempts_of(colleague)) == set()
    assert seen(member, attempts_of(lead)) == set()


def test_somebody_who_leads_without_the_role_sees_nothing(member) -> None:
    former = MembershipFactory(team=member.memberships.get().team, is_lead=True).user
    assert seen(former, attempts_of(member)) == set()


def test_a_lead_no_longer_sees_who_left_the_team(lead, member) -> None:
    member.memberships.update(ended_on=FRIDAY)
    assert seen(lead, attempts_of(member)) == set()


def test_an_admin_sees_everybodys_assessed_attempts_and_no_practice(member) -> None:
    assert seen(PersonFactory(admin=True), attempts_of(member)) == {"assessed", "expired"}


def test_an_author_sees_nobody_elses_attempts(member) -> None:
    assert seen(PersonFactory(author=True), attempts_of(member)) == set()


def test_own_attempts_are_ones_own_also_for_an_admin(member) -> None:
    admin = PersonFactory(admin=True)
    attempts_of(member)
    own = AttemptFactory(user=admin)
    assert list(own_attempts(admin)) == [own]


@pytest.mark.parametrize("count", [1, 50])
def test_what_players_need_comes_in_one_query(count: int, django_assert_num_queries) -> None:
    priya, team = PersonFactory(), TeamFactory()
    MembershipFactory(user=priya, team=team)
    AttemptFactory.create_batch(count, user=priya)
    with django_assert_num_queries(1):
        found = [
            (one.revision.number, one.activity.module.course.slug) for one in own_attempts(priya)
        ]
    assert len(found) == count


def test_the_last_answer_to_an_item_stands() -> None:
    attempt = AttemptFactory()
    for seq, (item, option) in enumerate([("a", "A"), ("b", "B"), ("a", "C")], start=1):
        AnswerFactory(attempt=attempt, seq=seq, step_id=item, payload={"option": option})
    AnswerFactory(step_id="a", answered_at=MONDAY)  # of another attempt
    assert latest_responses(attempt) == {"a": {"option": "C"}, "b": {"option": "B"}}
