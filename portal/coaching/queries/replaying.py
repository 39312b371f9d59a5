"""One moment of a run, as two people look at it again: what was said, and what else was there."""

from dataclasses import dataclass
from uuid import UUID

from assessments.models import Attempt
from assessments.queries.answers import attempt_visible_to, replies_of
from courses.content.scenario_graph import Step, open_choices, replay
from courses.content.scenario_shapes import Choice, Moment, Scenario
from courses.models import ActivityKind
from courses.queries.content import scenario_of
from portal.coaching.models import AgendaItem, AgendaKind, FeedbackSession
from portal.people.models import User

_RUNS = (AgendaKind.WENT_WELL, AgendaKind.LOOK_AT)


@dataclass(frozen=True)
class ReplayPage:
    """The moment of reply `number` (from 1) of `replies` of a run on a session's agenda.

    `choices` are what was open then, without how good any of them is.
    """

    session: FeedbackSession
    viewer: User
    line: AgendaItem
    attempt: Attempt
    scenario: Scenario
    moment: Moment
    step: Step
    choices: tuple[Choice, ...]
    number: int
    replies: int
    turning_reply: int | None

    @property
    def other(self) -> User:
        """Whom the viewer meets."""
        return self.session.other(self.viewer)

    @property
    def player(self) -> str:
        """Who played it, by first name."""
        return self.attempt.user.first_name

    @property
    def card_name(self) -> str:
        """Who is on the line."""
        return self.scenario.card(self.attempt.card).name

    @property
    def before(self) -> int | None:
        """The reply before this one, if any."""
        return self.number - 1 or None

    @property
    def after(self) -> int | None:
        """The reply after this one, if any."""
        return self.number + 1 if self.number < self.replies else None

    @property
    def is_own(self) -> bool:
        """Whether the viewer played it."""
        return self.viewer == self.attempt.user

    @property
    def is_turning_point(self) -> bool:
        """Whether this reply moved the patient most."""
        return self.number == self.turning_reply

    @property
    def kept(self) -> int:
        """How many choices stand when one plays on from here."""
        return self.number - 1


def replay_page(
    session: FeedbackSession, viewer: User, line_id: int, wanted: int | None
) -> ReplayPage:
    """Return a moment of a run on the agenda; the turning point unless another is `wanted`.

    Raises:
        AgendaItem.DoesNotExist: no such run is on this agenda.
        Attempt.DoesNotExist: the viewer may not see the run any more.
    """
    line = session.agenda.shown().get(pk=line_id, kind__in=_RUNS)
    run = UUID(line.key.removeprefix("run:"))
    attempt = attempt_visible_to(viewer, run, ActivityKind.SCENARIO)
    scenario = scenario_of(attempt.revision)
    card = scenario.card(attempt.card)
    steps = replay(scenario, card, replies_of(attempt))
    turning = (attempt.result or {}).get("turning_point")
    turning_reply = turning["reply"] if turning else None
    number = min(max(wanted or turning_reply or 1, 1), len(steps))
    step = steps[number - 1]
    return ReplayPage(
        session=session,
        viewer=viewer,
        line=line,
        attempt=attempt,
        scenario=scenario,
        moment=card.moments[step.before.moment],
        step=step,
        choices=open_choices(card, step.before),
        number=number,
        replies=len(steps),
        turning_reply=turning_reply,
    )
