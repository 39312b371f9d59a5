"""The audit says who did what to what, and outlives them all."""

import pytest
from django.db import DatabaseError, transaction

from portal.audit.models import AuditEvent, record
from tests.factories.courses import ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_event_names_people_and_things_by_value() -> None:
    lead, module = PersonFactory(name="Dana Whitfield"), ModuleFactory()
    record("assigned", module, by=lead, at=MONDAY, reached=3, teams=[1, 2])
    assert AuditEvent.objects.values().get() == {
        "id": AuditEvent.objects.get().pk,
        "at": MONDAY,
        "actor_id": lead.pk,
        "actor_name": "Dana Whitfield",
        "verb": "assigned",
        "subject_kind": "courses.module",
        "subject_id": str(module.pk),
        "details": {"reached": 3, "teams": [1, 2]},
    }


def test_what_attune_does_by_itself_has_no_actor() -> None:
    module = ModuleFactory()
    event = record("published", module, by=None, at=MONDAY)
    assert (event.actor_id, event.actor_name) == (None, "")
    assert str(event) == f"Attune published courses.module {module.pk}"


def test_it_outlives_the_thing_it_is_about() -> None:
    module = ModuleFactory()
    event = record("archived", module, by=None, at=MONDAY)
    module.delete()
    event.refresh_from_db()
    assert event.subject_kind == "courses.module"


def test_nobody_changes_or_deletes_an_event() -> None:
    event = record("assigned", ModuleFactory(), by=None, at=MONDAY)
    for change in (lambda: AuditEvent.objects.update(verb="undid"), event.delete):
        with (
            pytest.raises(DatabaseError, match="rows are never changed or deleted"),
            transaction.atomic(),
        ):
            change()
    assert AuditEvent.objects.get().verb == "assigned"
