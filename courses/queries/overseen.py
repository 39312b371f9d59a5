"""The people whom a viewer oversees, found once for a page that asks about them many times."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.people.models import User
from portal.people.queries.scope import OverseenQuery, people_overseen_by

FEW = 1000


@dataclass(frozen=True)
class Overseen:
    """Some people, as a QuerySet and as hand-written SQL about their enrolments.

    Up to a thousand are named one by one. More are described by where they belong: with so many,
    what is looked for is soon found.
    """

    viewer: User
    people: QuerySet[User]
    params: dict[str, Any]
    are_few: bool
    whose: str

    def first_enrolments(self, condition: str, *, order: str, limit: int) -> str:
        """Return SQL for the first enrolments `e` of these people that fulfil a condition.

        Those of few people are looked up and then put in order; for many, the database goes
        through the enrolments in order until it has enough. It is told so by `OFFSET 0`, which
        it does not look behind.
        """
        found = f"SELECT e.* FROM courses_enrolment e WHERE {self.whose} AND {condition}"  # noqa: S608
        if self.are_few:
            found = f"SELECT e.* FROM ({found} OFFSET 0) e"  # noqa: S608
        return f"{found} ORDER BY {order} LIMIT {limit}"


def overseen_by(viewer: User) -> Overseen:
    """Return the people of `people_overseen_by(viewer)`, in one query."""
    people = people_overseen_by(viewer)
    ids = _IDS.all(viewer)
    if len(ids) <= FEW:
        named: QuerySet[User] = User.objects.filter(pk__in=ids)
        whose = "e.user_id = ANY(%(overseen)s)"
        return Overseen(viewer, named, {"overseen": ids}, True, whose)
    sql, values = people.order_by().values("pk").query.sql_with_params()
    params = {f"overseen_{place}": value for place, value in enumerate(values)}
    whose = f"e.user_id IN ({sql % tuple(f'%({name})s' for name in params)})"
    return Overseen(viewer, people, params, False, whose)


_IDS = OverseenQuery(lambda people: people.order_by().values_list("pk", flat=True)[: FEW + 1])
