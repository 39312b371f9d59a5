"""How far people are: found out for each from what their own programmes name, and no more."""

import pytest
from django.db import connection

from portal.programmes.actions.giving import give_programme
from portal.programmes.queries.progress import (
    PAGE_SIZE,
    given_page,
    programmes_visible_to,
    shown,
)
from tests.factories.coaching import a_pair
from tests.factories.courses import LessonFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.factories.programmes import programme_raw, published

pytestmark = pytest.mark.django_db


def test_nobody_is_asked_about_the_modules_of_another_persons_programme():
    dana, priya = a_pair()
    team = priya.memberships.get().team
    for number, member in enumerate(MembershipFactory.create_batch(3, team=team)):
        version = published(programme_raw(LessonFactory().module), f"own-{number}")
        give_programme(version, [member.user_id], by=dana, at=MONDAY)
    given = list(programmes_visible_to(dana))
    lists = []

    def look(execute, sql, params, many, context):
        lists.extend(one for one in params or () if isinstance(one, list))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        found = shown(given, now=MONDAY)

    assert [one.standing.done for one in found] == [0, 0, 0]
    assert max(map(len, lists)) == 3  # not three people times three modules


def test_without_a_programme_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert shown([], now=MONDAY) == []


def test_programmes_are_found_page_by_page_and_by_words():
    dana, priya = a_pair()
    version = published(programme_raw(LessonFactory().module))
    others = MembershipFactory.create_batch(PAGE_SIZE, team=priya.memberships.get().team)
    everybody = [priya.pk, *(one.user_id for one in others)]
    newest_first = give_programme(version, sorted(everybody), by=dana, at=MONDAY)[::-1]

    first = given_page(dana)
    second = given_page(dana, after=first.after)

    assert [*first.given, *second.given] == newest_first
    assert (first.before, second.after) == (None, None)
    assert given_page(dana, before=second.before).given == first.given
    assert [one.user for one in given_page(dana, priya.name).given] == [priya]
    assert len(given_page(dana, "two WEEKS").given) == PAGE_SIZE
    assert given_page(dana, "nothing of the kind").given == ()
    assert given_page(priya).given == ()
