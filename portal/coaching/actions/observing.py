"""Writing down what a lead heard: ratings with quotes, which are evidence from the job."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.evidence import record_rating
from courses.actions.framing import frame_in_force
from courses.content.skills import Skill
from courses.queries.frame import frame_of_version
from portal.audit.models import record
from portal.coaching.actions.scheduling import locked_session
from portal.coaching.errors import SessionClosed
from portal.coaching.models import BehaviourRating, Observation, SessionState
from portal.coaching.queries.calibration import is_calibrated
from portal.kit.errors import NotAllowed, Refusal
from portal.people.models import User


class NothingObserved(Refusal):
    """No behavior was rated, so there is nothing to write down."""


@dataclass(frozen=True)
class Heard:
    """How one behavior was heard: from 1 to 5 with its quote; None where it was not observed."""

    rating: int | None
    quote: str = ""


@transaction.atomic
def record_observation(
    session_id: uuid.UUID,
    skill: Skill,
    heard: Mapping[str, Heard],
    *,
    heard_on: date,
    by: User,
    at: datetime,
) -> Observation:
    """Write down what the lead of a session heard on one contact of its agent, by behavior code.

    Whatever was rated becomes evidence from the job; until a lead agrees well enough with what
    calibration rounds agreed on, it weighs half. What was not observed is kept and moves nothing.

    Raises:
        NotAllowed: only the session's lead rates, and no peer.
        SessionClosed: it was called off, or has no time yet.
        NothingObserved: nothing was changed.
    """
    session = locked_session(session_id, by=by)
    if session.lead != by or session.is_between_peers:
        raise NotAllowed(_("Only the lead of the session rates what they heard."))
    if session.state not in (SessionState.PLANNED, SessionState.HELD):
        raise SessionClosed(_("Ratings belong to a session that is planned or was held."))
    rated = {code: one.rating for code, one in heard.items() if one.rating is not None}
    if not rated:
        raise NothingObserved(_("Rate at least one thing you heard, with a quote."))
    frame = frame_in_force(at=at)
    observation = Observation.objects.create(
        session=session,
        person=session.agent,
        observer=by,
        skill=skill,
        heard_on=heard_on,
        frame=frame,
        recorded_at=at,
    )
    titles = frame_of_version(frame.number).titles
    BehaviourRating.objects.bulk_create(
        BehaviourRating(
            observation=observation,
            behaviour=code,
            title=titles[code],
            rating=one.rating,
            quote=one.quote,
        )
        for code, one in heard.items()
    )
    record_rating(
        skill,
        rated,
        user=session.agent,
        by=by,
        proof=f"coaching.observation:{observation.pk}",
        is_calibrated=is_calibrated(by, now=at),
        on=heard_on,
        at=at,
    )
    record("rated", session, by=by, at=at, skill=skill, observation=observation.pk)
    return observation
