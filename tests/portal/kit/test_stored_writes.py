"""Rows written the quick way are what Django would have written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from courses.models import ModuleCompletion
from portal.audit.models import AuditEvent
from portal.kit.stored_writes import insert
from tests.factories.courses import ModuleFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def event(**changed: object) -> AuditEvent:
    fields = {"at": AT, "verb": "wrote", "subject_kind": "a.b", "subject_id": "1"}
    return AuditEvent(**(fields | changed))


def test_rows_are_written_with_defaults_and_get_their_ids(django_assert_num_queries) -> None:
    said = {"words": "100% “sure”; it's", "of": [1, None, {"a": 0.5}]}
    first, second = event(details=said), event(actor_id=7, actor_name="Ana's")

    with django_assert_num_queries(1):
        insert(first, second)

    assert [one.pk for one in AuditEvent.objects.order_by("pk")] == [first.pk, second.pk]
    found = AuditEvent.objects.get(pk=first.pk)
    assert (found.at, found.actor_id, found.actor_name, found.details) == (AT, None, "", said)
    assert AuditEvent.objects.get(pk=second.pk).details == {}
    assert not first._state.adding


def test_nothing_to_write_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        insert()


def test_what_is_there_is_left_as_it_is_where_that_is_wished() -> None:
    person, module = PersonFactory(), ModuleFactory()
    done = {"user": person, "module": module, "number": 1, "completed_at": AT}
    insert(ModuleCompletion(**done))

    insert(ModuleCompletion(**done), ModuleCompletion(**done | {"number": 2}), unless_there=True)

    assert list(ModuleCompletion.objects.values_list("number", flat=True)) == [1, 2]


def test_a_row_that_breaks_a_constraint_is_refused() -> None:
    person, module = PersonFactory(), ModuleFactory()
    done = {"user": person, "module": module, "number": 1, "completed_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(ModuleCompletion(**done), ModuleCompletion(**done))
    assert not ModuleCompletion.objects.exists()
