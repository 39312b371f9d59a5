"""Panels as their raters and authors see them; nobody sees ratings before a panel closes."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from courses.content.options import Option
from courses.content.panel import Doubt, PanelResult, RatedOption, panel_result
from courses.content.quiz_items import SITUATIONAL_JUDGEMENT, Item, KeySource, Question
from courses.models import Activity, ContentRevision, KeyPanel, PanelSeat
from courses.queries.content import live_revision_of, quiz_of
from portal.people.models import User
from portal.people.permissions import Permission


@dataclass(frozen=True)
class JudgedItem:
    """An item whose options may be rated, and its latest panel."""

    item: Item
    panel: KeyPanel | None
    rated: int = 0
    invited: int = 0

    @property
    def is_keyed_by_panel(self) -> bool:
        """Whether a panel gave the key that learners are scored by."""
        return self.item.keyed_by is KeySource.PANEL

    @property
    def raters(self) -> int | None:
        """How many raters that panel had, where the key says so."""
        return self.item.options[0].raters


@dataclass(frozen=True)
class RatedLine:
    """An option and what the panel makes of it."""

    option: Option
    rated: RatedOption


@dataclass(frozen=True)
class PanelPage:
    """A panel as one of its raters or an author sees it; `result` once it is closed."""

    panel: KeyPanel
    activity: Activity
    question: Question
    seat: PanelSeat | None
    is_author: bool
    rated: int
    invited: int
    result: PanelResult | None

    @property
    def options(self) -> tuple[Option, ...]:
        """The options in an order of the rater's own."""
        return self.question.options

    @property
    def lines(self) -> tuple[RatedLine, ...]:
        """What was rated, the best first."""
        if self.result is None:
            return ()
        shown = {option.id: option for option in self.question.options}
        rated = [one for one in self.result.options if one.raters]
        return tuple(
            RatedLine(shown[one.id], one) for one in sorted(rated, key=lambda one: -one.mean)
        )

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why it gives no key."""
        return self.result.doubts if self.result else ()


def judged_item(revision: ContentRevision, item_id: str) -> Item:
    """Return the item of a quiz with options to rate.

    Raises:
        LookupError: there is none.
    """
    item = quiz_of(revision).item(item_id)
    if item is None or item.type not in SITUATIONAL_JUDGEMENT:
        raise LookupError(item_id)
    return item


def judged_items(activity: Activity) -> list[JudgedItem]:
    """Return what can be rated in the quiz that learners take now, each with its latest panel."""
    items = [
        item
        for item in quiz_of(live_revision_of(activity)).items
        if item.type in SITUATIONAL_JUDGEMENT
    ]
    panels = KeyPanel.objects.filter(revision__activity=activity).order_by("opened_at")
    latest = {
        one.item_id: one
        for one in panels.annotate(invited=Count("seats"), rated=Count("seats__rated_at"))
    }
    return [
        JudgedItem(item, panel, panel.rated, panel.invited)  # type: ignore[attr-defined]  # annotated
        if (panel := latest.get(item.id))
        else JudgedItem(item, None)
        for item in items
    ]


def panels_visible_to(viewer: User) -> QuerySet[KeyPanel]:
    """Return the panels in which the viewer rates; all of them for authors.

    None for whoever may not rate any more: a closed panel tells the key.
    """
    found = KeyPanel.objects.select_related("revision__activity__module").defer(
        "revision__content", "revision__media", "revision__activity__draft"
    )
    if viewer.may(Permission.PUBLISH_CONTENT):
        return found
    return found.of_rater(viewer) if viewer.may(Permission.RATE_OPTIONS) else found.none()


def panel_page(panel: KeyPanel, viewer: User) -> PanelPage:
    """Return a panel for one of those who may see it; ratings only once it is closed."""
    seats = list(panel.seats.all())
    own = next((seat for seat in seats if seat.rater_id == viewer.pk), None)
    item = judged_item(panel.revision, panel.item_id)
    return PanelPage(
        panel=panel,
        activity=panel.revision.activity,
        question=item.asked(own.pk if own else 0, shuffled=True),
        seat=own,
        is_author=viewer.may(Permission.PUBLISH_CONTENT),
        rated=sum(seat.rated_at is not None for seat in seats),
        invited=len(seats),
        result=None if panel.is_open else _result(item, seats),
    )


def result_of(panel: KeyPanel) -> PanelResult:
    """Return what a panel makes of its item."""
    return _result(judged_item(panel.revision, panel.item_id), list(panel.seats.all()))


def raters_by_address(addresses: list[str]) -> dict[str, User]:
    """Return the leads and authors who have these addresses, in lower case."""
    found = User.objects.active().filter(email__in=addresses)
    return {one.email: one for one in found if one.may(Permission.RATE_OPTIONS)}


def _result(item: Item, seats: list[PanelSeat]) -> PanelResult:
    ratings = [seat.ratings for seat in seats if seat.ratings is not None]
    return panel_result(item.type, item.option_ids(), ratings)
