"""Pages of assigning and following ask as often for five thousand people as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Enrolment, Module
from courses.queries.choosing import value_of
from portal.people.models import Membership, Team, User
from tests.factories.assigning import lead_of
from tests.factories.courses import AssignmentFactory, LessonFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import PersonFactory, ProgrammeFactory, TeamFactory

pytestmark = pytest.mark.django_db

PAGES = ("/team/", "/team/matrix/", "/team/sites/", "/team/rules/", "/assign/")
ANSWERED = ("/assign/preview/", "/assign/everybody/")
PEOPLE = 5000


@pytest.fixture
def blue() -> Team:
    return TeamFactory(parent=ProgrammeFactory())


def fill(team: Team, module: Module, people: int) -> None:
    """Put people into a team and give each of them a module that is late."""
    model = PersonFactory()
    fields = [one.attname for one in User._meta.concrete_fields if one.attname != "id"]
    same = {name: getattr(model, name) for name in fields}
    crowd = User.objects.bulk_create(
        User(**same | {"email": f"p{n}@example.org", "name": f"P {n:04}"}) for n in range(people)
    )
    Membership.objects.bulk_create(Membership(user=one, team=team) for one in crowd)
    assignment = AssignmentFactory(module=module)
    late = {"due_on": FRIDAY, "due_at": MONDAY - timedelta(days=30), "created_at": MONDAY}
    Enrolment.objects.bulk_create(
        Enrolment(user=one, module=module, assignment=assignment, **late) for one in crowd
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself after a while


def counts(client: Client, other: Module, team: Team) -> dict[str, int]:
    sent = {"what": value_of(other), "team": [team.pk], "remind": "3"}
    sent |= {"due_kind": "after_assigning", "due_days": "14"}
    found = {}
    for page in (*PAGES, *ANSWERED):
        for _ in range(2):  # what a process keeps is there from the second time on
            with CaptureQueriesContext(connection) as asked:
                client.post(page, sent) if page in ANSWERED else client.get(page)
            found[page] = len(asked)
    return found


def test_pages_ask_as_often_for_five_thousand_people_as_for_one(blue: Team, client: Client) -> None:
    # An admin, who oversees everybody: with a lead, a thousand people are told apart by name.
    module, other = LessonFactory().module, LessonFactory().module
    lead_of(blue)
    client.force_login(PersonFactory(admin=True))
    fill(blue, module, 1)
    with_one = counts(client, other, blue)
    User.objects.filter(email="p0@example.org").update(email="first@example.org")
    fill(blue, module, PEOPLE)
    assert counts(client, other, blue) == with_one
