"""The tags that are in use among the people somebody answers for."""

from django.db.models import CharField, F, Func

from portal.people.models import User
from portal.people.queries.scope import OverseenQuery

MOST_TAGS = 100


def tags_in_use(viewer: User) -> list[str]:
    """Return the tags of the viewer's people, in the order of the alphabet."""
    return sorted(_TAGS.all(viewer))


_TAGS = OverseenQuery(
    lambda people: (
        people.order_by()
        .exclude(tags=[])
        .annotate(tag=Func(F("tags"), function="unnest", output_field=CharField()))
        .values_list("tag", flat=True)
        .distinct()[:MOST_TAGS]
    )
)
