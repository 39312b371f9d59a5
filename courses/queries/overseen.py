"""The people whom a viewer oversees, found once for a page that asks about them many times."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.kit.sql import array_of
from portal.people.models import User
from portal.people.queries.scope import OverseenQuery, oversees_everybody, people_overseen_by

FEW = 1000


@dataclass(frozen=True)
class Overseen:
    """Some people, as a QuerySet and as hand-written SQL about their enrolments.

    Up to a thousand are named one by one. More, and everybody, are described by where they belong:
    what is looked for is then soon found.
    """

    viewer: User
    people: QuerySet[User]
    params: dict[str, Any]
    are_few: bool
    ids_sql: str

    @property
    def are_all(self) -> bool:
        """Whether they are everybody but the viewer."""
        return oversees_everybody(self.viewer)

    def include(self, column: str) -> str:
        """Return the SQL condition that `column` is the id of one of these people.

        With many people the database is to look each id up, and no further than it must: it is
        told so by `OFFSET 0`, which it does not look behind.
        """
        if self.are_few:
            return f"{column} = ANY({self.ids_sql})"
        return f"EXISTS (SELECT FROM ({self.ids_sql}) p WHERE p.pk = {column} OFFSET 0)"

    def first_enrolments(self, condition: str, *, order: str, limit: int) -> str:
        """Return SQL for the first enrolments `e` of these people that fulfil a condition.

        It is for many people: the database goes through the enrolments in order until it has
        enough.
        """
        whose = self.include("e.user_id")
        return (
            f"SELECT e.* FROM courses_enrolment e WHERE {whose} AND {condition}"  # noqa: S608  (constants)
            f" ORDER BY {order} LIMIT {limit}"
        )


def overseen_by(viewer: User) -> Overseen:
    """Return the people of `people_overseen_by(viewer)`, in one query, or none for everybody."""
    if not oversees_everybody(viewer):
        ids = _IDS.all(viewer)
        if len(ids) <= FEW:
            few: QuerySet[User] = User.objects.filter(pk__in=ids)
            return Overseen(viewer, few, {"overseen": array_of(ids)}, True, "%(overseen)s")
    people = people_overseen_by(viewer)
    sql, values = people.order_by().values("pk").query.sql_with_params()
    params = {f"overseen_{place}": value for place, value in enumerate(values)}
    whom = sql % tuple(f"%({name})s" for name in params)
    return Overseen(viewer, people, params, False, whom)


_IDS = OverseenQuery(lambda people: people.order_by().values_list("pk", flat=True)[: FEW + 1])
