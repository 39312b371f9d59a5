"""How sessions go, in numbers: who may see them, and what stays hidden in a small group."""

from datetime import datetime, timedelta

import pytest

from portal.coaching.actions.meeting import (
    acknowledge_summary,
    agree_action,
    close_session,
    settle_action,
)
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.follow_up import (
    LeadNumbers,
    latest_sessions,
    numbers_by_lead,
    numbers_of,
)
from portal.people.models import User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LATER = WEDNESDAY + timedelta(days=60)


def held(lead: User, agent: User, at: datetime = WEDNESDAY) -> FeedbackSession:
    """Return a session that took place."""
    session = planned(lead, agent, starts_at=at)
    return close_session(session.pk, took_place=True, by=lead, at=at)


def answered(session: FeedbackSession, usefulness: int) -> None:
    """Let its agent say what it was worth."""
    by = session.agent
    acknowledge_summary(session.pk, words="", usefulness=usefulness, by=by, at=WEDNESDAY)


def test_a_lead_sees_what_became_of_their_sessions():
    dana, priya = a_pair()
    first = held(dana, priya)
    held(dana, priya, WEDNESDAY + timedelta(days=14))
    held(dana, priya, WEDNESDAY + timedelta(days=34))
    for words in ("Done", "Open"):
        due = {"owner": priya, "due_on": WEDNESDAY.date()}
        action = agree_action(first.pk, words=words, **due, by=dana, at=WEDNESDAY)
        if words == "Done":
            settle_action(first.pk, action.pk, state="done", by=priya, at=WEDNESDAY)
    assert numbers_of(dana, now=LATER) == LeadNumbers(
        lead_id=dana.pk,
        name="Dana Whitfield",
        held=3,
        people=1,
        days_between=17,
        due=2,
        done=1,
        usefulness=None,
    )


def test_what_is_long_ago_or_did_not_happen_does_not_count():
    dana, priya = a_pair()
    held(dana, priya)
    close_session(planned(dana, priya).pk, took_place=False, by=dana, at=WEDNESDAY)
    assert numbers_of(dana, now=WEDNESDAY + timedelta(days=91)) is None


def test_usefulness_is_shown_once_five_people_have_answered():
    dana, priya = a_pair()
    for days in range(6):  # one person's many answers are still one person's
        answered(held(dana, priya, WEDNESDAY + timedelta(days=days)), 1)
    for hours in range(1, 4):
        answered(held(dana, PersonFactory(), WEDNESDAY + timedelta(hours=hours)), 4)
    assert numbers_of(dana, now=LATER).usefulness is None
    answered(held(dana, PersonFactory(), WEDNESDAY + timedelta(hours=5)), 5)
    assert numbers_of(dana, now=LATER).usefulness == 3.6  # of 1, 4, 4, 4 and 5


@pytest.mark.parametrize("count", [1, 3])
def test_an_admin_sees_that_sessions_take_place(count, django_assert_num_queries):
    alex = PersonFactory(admin=True)
    for number in range(count):
        dana, priya = PersonFactory(lead=True, name=f"Lead {number}"), PersonFactory()
        held(dana, priya, WEDNESDAY + timedelta(hours=number))
    with django_assert_num_queries(2):
        leads = numbers_by_lead(alex, now=LATER)
        sessions = latest_sessions(alex, None)
        assert [one.lead.name for one in sessions] == [f"Lead {n}" for n in range(count)][::-1]
    assert [one.name for one in leads] == [f"Lead {number}" for number in range(count)]
    assert len(latest_sessions(alex, dana)) == 1


def test_nobody_else_sees_whether_others_meet():
    dana, priya = a_pair()
    held(dana, priya)
    for viewer in (priya, dana, PersonFactory(author=True)):
        assert numbers_by_lead(viewer, now=LATER) == []
        assert latest_sessions(viewer, None) == []
