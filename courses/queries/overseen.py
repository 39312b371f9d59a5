"""The people whom a viewer oversees, found once for a page that asks about them many times."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.people.models import User
from portal.people.queries.scope import people_overseen_by

FEW = 1000


@dataclass(frozen=True)
class Overseen:
    """Some people, as a QuerySet and as hand-written SQL about their enrolments.

    Up to a thousand are named one by one. More are described by where they belong: with so many,
    what is looked for is soon found.
    """

    people: QuerySet[User]
    params: dict[str, Any]
    are_few: bool
    whose: str

    def first_enrolments(self, condition: str, *, order: str, limit: int) -> str:
        """Return SQL for the first enrolments `e` of these people that fulfil a condition.

        For few people the database looks at each of them, for many at the enrolments in order.
        """
        found = (
            f"SELECT e.* FROM courses_enrolment e WHERE {self.whose} AND {condition}"  # noqa: S608
            f" ORDER BY {order} LIMIT {limit}"
        )
        if not self.are_few:
            return found
        return (
            "SELECT e.* FROM unnest(%(overseen)s::bigint[]) AS overseen (user_id)"  # noqa: S608
            f" CROSS JOIN LATERAL ({found}) e ORDER BY {order} LIMIT {limit}"
        )


def overseen_by(viewer: User) -> Overseen:
    """Return the people of `people_overseen_by(viewer)`, in one query."""
    people = people_overseen_by(viewer)
    ids = list(people.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(ids) <= FEW:
        named: QuerySet[User] = User.objects.filter(pk__in=ids)
        return Overseen(named, {"overseen": ids}, True, "e.user_id = overseen.user_id")
    sql, values = people.order_by().values("pk").query.sql_with_params()
    params = {f"overseen_{place}": value for place, value in enumerate(values)}
    whose = f"e.user_id IN ({sql % tuple(f'%({name})s' for name in params)})"
    return Overseen(people, params, False, whose)
