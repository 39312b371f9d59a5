"""What leads heard, for whom it is about, who heard it, and who answers for them."""

from django.db.models import Q, QuerySet

from portal.coaching.models import Observation
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by


def observations_visible_to(viewer: User) -> QuerySet[Observation]:
    """Return those of oneself, those of sessions one leads, and those of people one oversees.

    The quotes are for fewer: see `may_read_quotes`.
    """
    of_the_two = Q(person=viewer) | Q(observer=viewer) | Q(session__lead=viewer)
    found = Observation.objects.filter(of_the_two | Q(person__in=people_overseen_by(viewer)))
    return found.select_related("person", "observer", "session").prefetch_related("ratings")


def may_read_quotes(viewer: User, observation: Observation) -> bool:
    """Whether somebody may read the words behind the ratings: whom they are about, and who heard
    them or has the session now.
    """
    session = observation.session
    return viewer.pk in (observation.person_id, observation.observer_id, session.lead_id)
