"""A draft as its author sees it: its text, what the checks say, and what publishing would do."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courses.content.bot_spread import Spread, spreads_of
from courses.content.checks import check_content, forbids_publishing
from courses.content.findings import Finding
from courses.content.source import write_source
from courses.models import Activity, ContentRevision

_LINES_AROUND = 3


@dataclass(frozen=True)
class ChangedLine:
    """A line of a comparison: `added`, `removed`, `same`, or `gap` where lines are left out."""

    kind: str
    text: str


@dataclass(frozen=True)
class DraftPage:
    """A draft, its checks, and how far it is from what learners read."""

    activity: Activity
    text: str
    findings: tuple[Finding, ...]
    changes: tuple[ChangedLine, ...]
    content: Mapping[str, Any]

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """Where the bots come to with each patient, if this is a scenario that can be read."""
        return spreads_of(self.activity.kind, self.content)

    @property
    def is_publishable(self) -> bool:
        """Whether there is a draft, it says something new, and the checks let it pass."""
        has_news = bool(self.changes) or self.activity.live_revision is None
        return self.activity.has_draft and has_news and not forbids_publishing(self.findings)

    @property
    def was_overtaken(self) -> bool:
        """Whether another revision was published since the draft began."""
        live = self.activity.live_revision
        return self.activity.has_draft and live is not None and live.number > self.activity.draft_of


def draft_page(activity: Activity) -> DraftPage:
    """Return the draft of an activity, or what learners read where nobody has begun one.

    `activity` comes with its live revision. No query.
    """
    live = activity.live_revision
    live_content = live.content if live else {}
    content = activity.draft or live_content
    files = frozenset(live.media) if live else frozenset()
    return DraftPage(
        activity=activity,
        text=write_source(content) if content else "",
        findings=check_content(activity.kind, content, files=files) if content else (),
        changes=tuple(changes_between(live_content, content)),
        content=content,
    )


def changes_of(older: ContentRevision, newer: ContentRevision) -> tuple[ChangedLine, ...]:
    """Return how two revisions differ, as their files read."""
    return tuple(changes_between(older.content, newer.content))


def changes_between(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[ChangedLine]:
    """Yield the lines that differ with some around them; nothing where the two are the same."""
    before, after = (write_source(one).splitlines() if one else [] for one in (older, newer))
    lines = difflib.unified_diff(before, after, lineterm="", n=_LINES_AROUND)
    kinds = {"+": "added", "-": "removed", "@": "gap"}
    for number, line in enumerate(lines):
        if number > 1:  # the first two name the files
            yield ChangedLine(kinds.get(line[:1], "same"), "" if line[:1] == "@" else line[1:])
