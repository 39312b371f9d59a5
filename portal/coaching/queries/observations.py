"""What leads heard, for whom it is about, who heard it, and who answers for them."""

from django.db.models import Q, QuerySet

from portal.coaching.models import Observation
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by


def observations_visible_to(viewer: User) -> QuerySet[Observation]:
    """Return those of oneself, those one made, and those of people whom one oversees.

    The quotes are for the two of the session only: see `is_one_of_the_two`.
    """
    found = Observation.objects.filter(
        Q(person=viewer) | Q(observer=viewer) | Q(person__in=people_overseen_by(viewer))
    )
    return found.select_related("person", "observer", "session").prefetch_related("ratings")


def is_one_of_the_two(viewer: User, observation: Observation) -> bool:
    """Whether somebody may read the words behind the ratings."""
    return viewer.pk in (observation.person_id, observation.observer_id)
