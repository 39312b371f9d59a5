"""Going back to a moment of a run that has ended, and playing on as a practice branch."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import locked_attempt
from assessments.models import Answer, Attempt, AttemptMode, AttemptState
from assessments.queries.answers import replies_in
from courses.content.scenario_graph import replay, start
from courses.models import Activity, ActivityKind
from courses.queries.content import scenario_of
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User


class AnotherRunIsOpen(Refusal):
    """One run at a time: another one of the same call has to end or be set aside first."""


class NoSuchMoment(Refusal):
    """The run has not ended, or does not have so many choices."""


@transaction.atomic
def rewind_run(
    attempt_id: uuid.UUID, *, kept: int, by: User, at: datetime, sets_aside: bool = False
) -> Attempt:
    """Begin a practice run that keeps the first `kept` choices of a run that has ended.

    The run it comes from stays as it is. The branch is on the same revision with the same patient
    and seed, so that its answers replay exactly. With `sets_aside`, a run that is open goes aside.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        NoSuchMoment: there is nothing to go back to; nothing was changed.
        AnotherRunIsOpen: nothing was changed.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two tabs rewind one after the other
    origin = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    answers = _answers_kept(origin, kept)
    _make_room(origin.activity, by=by, at=at, sets_aside=sets_aside)
    branch = Attempt(
        user=by,
        activity=origin.activity,
        revision=origin.revision,
        mode=AttemptMode.PRACTICE,
        number=_next_number(origin),
        card=origin.card,
        seed=origin.seed,
        run_state=_state_after(origin, answers),
        next_seq=len(answers) + 1,
        hinted=[number for number in origin.hinted if number <= kept],
        branched_from=origin,
        branched_at=kept,
        started_at=at,
    )
    branch.save(force_insert=True)
    Answer.objects.bulk_create(
        Answer(
            attempt=branch,
            seq=seq,
            step_id=one.step_id,
            payload=one.payload,
            answered_at=one.answered_at,
        )
        for seq, one in enumerate(answers, start=1)
    )
    record("rewound", branch, by=by, at=at, origin=str(origin.pk), kept=kept)
    return branch


@transaction.atomic
def take_up_run(attempt_id: uuid.UUID, *, by: User, at: datetime) -> Attempt:
    """Go on with a run that was set aside; the one that is open goes aside instead.

    Safe to repeat: a run that is not set aside stays as it is.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        AnotherRunIsOpen: an assessed run is open; nothing was changed.
    """
    User.objects.select_for_update().get(pk=by.pk)
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    if attempt.state == AttemptState.SET_ASIDE:
        _make_room(attempt.activity, by=by, at=at, sets_aside=True)
        attempt.state = AttemptState.OPEN
        attempt.save(update_fields=["state"])
        record("taken_up", attempt, by=by, at=at)
    return attempt


def _answers_kept(origin: Attempt, kept: int) -> list[Answer]:
    """Return the answers up to choice number `kept`, own words before a kept choice included."""
    answers = list(origin.answers.order_by("seq"))
    ends = [number for number, one in enumerate(answers, start=1) if "choice" in one.payload]
    if not origin.has_ended or not 0 <= kept < len(ends):
        raise NoSuchMoment(_("There is no such moment to go back to."))
    return answers[: ends[kept - 1]] if kept else []


def _make_room(activity: Activity, *, by: User, at: datetime, sets_aside: bool) -> None:
    """Set the open run aside, if there is one: only one may be open."""
    found = Attempt.objects.select_for_update().open().filter(user=by, activity=activity).first()
    if found is None:
        return
    if found.mode == AttemptMode.ASSESSED:
        raise AnotherRunIsOpen(_("An assessed run of this call is open. Finish it first."))
    if not sets_aside:
        raise AnotherRunIsOpen(_("Another run of this call is open."))
    found.state = AttemptState.SET_ASIDE
    found.save(update_fields=["state"])
    record("set_aside", found, by=by, at=at)


def _next_number(origin: Attempt) -> int:
    own = Attempt.objects.filter(user=origin.user, activity=origin.activity)
    practiced = own.filter(mode=AttemptMode.PRACTICE).order_by("-number")
    return (practiced.values_list("number", flat=True).first() or 0) + 1


def _state_after(origin: Attempt, answers: list[Answer]) -> dict[str, object]:
    scenario = scenario_of(origin.revision)
    card = scenario.card(origin.card)
    steps = replay(scenario, card, replies_in(one.payload for one in answers))
    return (steps[-1].after if steps else start(scenario, card)).to_json()
