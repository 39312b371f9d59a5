"""A stored query finds what its QuerySet finds, with whatever values."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.models import Attempt
from portal.kit.stored_queries import StoredQuery
from portal.people.models import Membership, User
from tests.factories.assessments import AttemptFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_it_finds_what_belongs_to_its_values():
    people = StoredQuery(lambda name, pk: User.objects.filter(name=name, pk__gt=pk).order_by("pk"))
    ana, bo, another = (PersonFactory(name=name) for name in ("Ana", "Bo", "Ana"))
    assert people.all(name="Ana", pk=0) == [ana, another]
    assert people.all(name="Bo", pk=0) == [bo]
    assert people.all(pk=ana.pk, name="Ana") == [another]
    assert people.all(name="Nobody's", pk=0) == []


def test_related_models_added_columns_and_left_out_ones_come_along(django_assert_num_queries):
    query = StoredQuery(
        lambda team: (
            Membership.objects.filter(team=team)
            .select_related("user", "team")
            .annotate(led=Count("team__memberships"))
            .defer("user__pronouns")
        )
    )
    member = MembershipFactory(user__name="Ana")
    with django_assert_num_queries(1):
        found = query.get(team=member.team_id)
        assert (found.user.name, found.team, found.led) == ("Ana", member.team, 1)
    assert found.user.get_deferred_fields() == {"pronouns"}
    assert found.user.roles == member.user.roles


def test_ids_and_times_are_values_too():
    query = StoredQuery(lambda pk, since: Attempt.objects.filter(pk=pk, started_at__gte=since))
    attempt = AttemptFactory(started_at=MONDAY)
    assert query.first(pk=attempt.pk, since=MONDAY) == attempt
    assert query.first(pk=attempt.pk, since=MONDAY + timedelta(seconds=1)) is None
    assert query.first(pk=uuid4(), since=MONDAY) is None


def test_days_are_values_too():
    query = StoredQuery(lambda day: User.objects.filter(joined_on__lte=day))
    person = PersonFactory(joined_on=date(2026, 11, 23))
    assert query.all(day=date(2026, 11, 23)) == [person]
    assert query.all(day=date(2026, 11, 22)) == []


def test_only_the_first_run_puts_the_sql_together():
    built = []
    query = StoredQuery(lambda pk: built.append(pk) or User.objects.filter(pk=pk))
    people = [PersonFactory() for _ in range(3)]
    assert [query.get(pk=one.pk) for one in people] == people
    assert len(built) == 1


def test_one_that_is_missing_is_a_page_that_is_not_there():
    query = StoredQuery(lambda pk: User.objects.filter(pk=pk))
    ana = PersonFactory()
    assert get_object_or_404(query, pk=ana.pk) == ana
    with pytest.raises(Http404):
        get_object_or_404(query, pk=0)
    with pytest.raises(User.DoesNotExist):
        query.get(pk=0)


def test_one_of_several_is_a_mistake():
    query = StoredQuery(lambda name: User.objects.filter(name=name))
    PersonFactory.create_batch(2, name="Ana")
    with pytest.raises(User.MultipleObjectsReturned):
        query.get(name="Ana")


def test_a_value_that_the_sql_does_not_hold_as_it_is_is_refused():
    query = StoredQuery(lambda word: User.objects.filter(name__icontains=word))
    with pytest.raises(ValueError, match="does not use word as it is"):
        query.all(word="Ana")


@pytest.mark.django_db(transaction=True)
def test_another_thread_uses_its_own_connection():
    query = StoredQuery(lambda pk: User.objects.filter(pk=pk))
    ana, found = PersonFactory(), []
    query.get(pk=ana.pk)

    def look() -> None:
        found.append(query.get(pk=ana.pk))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [ana]
