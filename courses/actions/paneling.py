"""Panels: inviting raters, rating alone, closing, and putting the key into the draft."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.drafting import save_draft
from courses.content.panel import HIGHEST, LOWEST, raw_item, with_panel_key
from courses.mail_kinds import PANEL_INVITED
from courses.models import Activity, ContentRevision, KeyPanel, PanelSeat
from courses.queries.panels import judged_item, result_of
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User


class PanelClosed(Refusal):
    """The panel takes no ratings any more, or takes them still."""


class NoKey(Refusal):
    """The panel gives no key, or the item is not what it rated any more."""


@transaction.atomic
def open_panel(
    revision: ContentRevision, item_id: str, *, raters: Iterable[User], by: User, at: datetime
) -> KeyPanel:
    """Ask people to rate the options of an item; more join one that is open already.

    Each is told once.

    Raises:
        LookupError: there is no such item to judge.
    """
    judged_item(revision, item_id)
    panel, is_new = KeyPanel.objects.get_or_create(
        revision=revision,
        item_id=item_id,
        closed_at=None,
        defaults={"opened_by": by, "opened_at": at},
    )
    people = {one.pk: one for one in raters}
    seats = [PanelSeat(panel=panel, rater=one) for one in people.values()]
    PanelSeat.objects.bulk_create(seats, ignore_conflicts=True)
    plan_emails(
        [
            EmailDraft(
                kind=PANEL_INVITED,
                recipient=one,
                to_address=one.email,
                dedupe_key=f"{PANEL_INVITED}:{one.pk}:{panel.pk}",
                params={"panel": str(panel.pk)},
                due_at=at,
            )
            for one in people.values()
            if one != by
        ],
        at=at,
    )
    verb = "opened panel" if is_new else "invited to panel"
    record(verb, panel, by=by, at=at, item=item_id, raters=len(people))
    return panel


@transaction.atomic
def rate_options(
    panel_id: uuid.UUID, ratings: Mapping[str, int], *, by: User, at: datetime
) -> PanelSeat:
    """Keep how somebody rates the options; until the panel closes, the latest stands.

    Raises:
        PanelSeat.DoesNotExist: they were not invited, or there is no such panel.
        PanelClosed: nothing was changed.
        ValueError: an option is missing or unknown, or a rating is off the scale.
    """
    seats = PanelSeat.objects.select_for_update(of=("self",)).select_related("panel__revision")
    seat = seats.get(panel=panel_id, rater=by)
    panel = KeyPanel.objects.select_for_update(of=("self",), no_key=True).get(pk=panel_id)
    if not panel.is_open:
        raise PanelClosed(_("This panel is closed. What you gave before counts."))
    item = judged_item(seat.panel.revision, panel.item_id)
    if set(ratings) != set(item.option_ids()):
        raise ValueError("Rate every option, and no other.")
    if not all(LOWEST <= rating <= HIGHEST for rating in ratings.values()):
        raise ValueError("A rating is off the scale.")
    seat.ratings, seat.rated_at = dict(ratings), at
    seat.save(update_fields=["ratings", "rated_at"])
    return seat


@transaction.atomic
def close_panel(panel_id: uuid.UUID, *, by: User, at: datetime) -> KeyPanel:
    """Take no more ratings, and show what was rated; safe to repeat."""
    panel = KeyPanel.objects.select_for_update(of=("self",)).get(pk=panel_id)
    if panel.is_open:
        panel.closed_at = at
        panel.save(update_fields=["closed_at"])
        record("closed panel", panel, by=by, at=at, item=panel.item_id)
    return panel


@transaction.atomic
def use_panel(panel_id: uuid.UUID, *, by: User, at: datetime) -> Activity:
    """Put the key of a closed panel into the draft of its quiz, which goes on from what is there.

    Learners notice nothing until the draft is published.

    Raises:
        PanelClosed: it still takes ratings.
        NoKey: raters were too few or differ too much, or the item has changed since.
    """
    panel = KeyPanel.objects.select_related("revision").get(pk=panel_id)
    if panel.is_open:
        raise PanelClosed(_("Close the panel first."))
    result = result_of(panel)
    if not result.gives_key:
        raise NoKey(_("This panel gives no key: its raters are too few, or differ too much."))
    activities = Activity.objects.select_for_update(of=("self",)).select_related("live_revision")
    activity = activities.get(pk=panel.revision.activity_id)
    assert activity.live_revision is not None
    base = activity.draft if activity.has_draft else activity.live_revision.content
    try:
        rated = raw_item(panel.revision.content, panel.item_id)
        content = with_panel_key(base, rated, result)
    except (LookupError, TypeError):
        raise NoKey(_("The question has changed since the panel rated it.")) from None
    version = activity.draft_version
    saved = save_draft(activity, content, version=version, by=by, at=at)
    record("used panel", panel, by=by, at=at, item=panel.item_id, raters=result.raters)
    return saved
