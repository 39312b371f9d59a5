"""Refresher cards are made: from what was missed in an attempt, and from a finished module."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assessments.models import Attempt, CardKind, RetiredAs, SpacedCard
from assessments.queries.missed import missed_in
from assessments.spacing import REMEMBERED_FROM, standing_after
from courses.models import ActivityKind, ModuleCompletion
from courses.queries.refreshers import newest_refresher, refresher_of
from portal.kit.clock import local_date
from portal.kit.stored_queries import StoredQuery
from portal.kit.stored_writes import insert
from portal.people.models import User


def make_cards(attempt: Attempt, *, at: datetime) -> None:
    """Make a card of each thing that was missed in an attempt that ended; safe to repeat.

    A card holds the key by which the attempt counts.
    """
    missed = missed_in(attempt)
    if not missed:
        return
    is_call = attempt.activity.kind == ActivityKind.SCENARIO
    kind = CardKind.MOMENT if is_call else CardKind.ITEM
    own = {"user": attempt.user_id, "kind": str(kind), "activity": attempt.activity_id}
    numbers = _EARLIER.all(**own)
    wanted = _wanted({one.step_id for one in missed}, numbers, attempt.keyed_by.number, at)
    source = {"revision": attempt.keyed_by, "attempt": attempt}
    cards = {
        one.step_id: source | {"reply_number": one.reply_number}
        for one in missed
        if one.step_id in wanted
    }
    assert attempt.finished_at is not None
    module_id = attempt.activity.module_id
    _create(attempt.user, kind, module_id, cards, begun_at=attempt.finished_at, at=at)


def put_cards_right(attempt: Attempt, *, at: datetime) -> None:
    """Put away the cards of answers that are right by the key that now counts; safe to repeat."""
    scores = (attempt.result or {}).get("items", {})
    right = [key for key, one in scores.items() if (one["points"] or 0) >= REMEMBERED_FROM]
    cards = SpacedCard.objects.filter(attempt=attempt, kind=CardKind.ITEM, retired_at__isnull=True)
    cards.filter(step_id__in=right).update(retired_at=at, retired_as=RetiredAs.RIGHT)


def make_recall_cards(completion: ModuleCompletion) -> None:
    """Give somebody who finished a module its cards; those they have already stay as they are."""
    version = newest_refresher(completion.module_id)
    if version is None:
        return
    at = completion.completed_at
    earlier = SpacedCard.objects.filter(
        user=completion.user, kind=CardKind.RECALL, module=completion.module_id
    )
    numbers = earlier.values_list("pk", "step_id", "version__number", "retired_as")
    ids = {one.id for one in refresher_of(version).cards}
    wanted = _wanted(ids, numbers, version.number, at)
    cards = {one: {"version": version} for one in ids & wanted}
    _create(completion.user, CardKind.RECALL, completion.module_id, cards, begun_at=at, at=at)


def _wanted(ids: set[str], earlier: Any, number: int, at: datetime) -> set[str]:
    """Return the steps that get a card; cards of older content make room for them.

    A step that its owner does not need, or that has a card of this content or a newer one, gets
    none.
    """
    replaced, unwanted = [], set()
    for pk, step_id, its_number, retired_as in earlier:
        if step_id not in ids:
            continue
        if its_number >= number or retired_as == RetiredAs.OWN_WISH:
            unwanted.add(step_id)
        elif not retired_as:
            replaced.append((pk, step_id))
    gone = [pk for pk, step_id in replaced if step_id not in unwanted]
    if gone:
        SpacedCard.objects.filter(pk__in=gone).update(retired_at=at, retired_as=RetiredAs.REPLACED)
    return ids - unwanted


def _create(
    user: User,
    kind: CardKind,
    module_id: int,
    sources: Mapping[str, Mapping[str, Any]],
    *,
    begun_at: datetime,
    at: datetime,
) -> None:
    begun_on = local_date(begun_at, user.time_zone)
    first = standing_after(begun_on, ())
    cards = [
        SpacedCard(
            user=user,
            kind=kind,
            module_id=module_id,
            step_id=step_id,
            begun_on=begun_on,
            made_at=at,
            due_on=first.due_on,
            stability=first.stability,
            difficulty=first.difficulty,
            **source,
        )
        for step_id, source in sorted(sources.items())
    ]
    insert(*cards, unless_there=True)


_EARLIER = StoredQuery(
    lambda user, kind, activity: SpacedCard.objects.filter(
        user=user, kind=kind, revision__activity=activity
    ).values_list("pk", "step_id", "revision__number", "retired_as")
)
