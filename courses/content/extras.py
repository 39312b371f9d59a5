"""What keeps a module alive after it: refresher cards, a job aid and a guide for leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.content.fields import read_behaviour, read_html, read_id
from courses.content.parsing import Reader, note_repeats
from courses.content.rich_text import CleanHtml


@dataclass(frozen=True)
class RefresherCard:
    """One question that can be answered from memory in ten seconds."""

    id: str
    behaviour: str
    front: str
    back: str


@dataclass(frozen=True)
class Refresher:
    """Cards to come back to over days and weeks."""

    title: str
    cards: tuple[RefresherCard, ...]


@dataclass(frozen=True)
class JobAidStep:
    """One thing to do, in a word or two, and how."""

    title: str
    html: CleanHtml


@dataclass(frozen=True)
class JobAid:
    """A page to glance at in the middle of a call: steps in order, then what always holds."""

    title: str
    steps: tuple[JobAidStep, ...]
    always: tuple[JobAidStep, ...]


@dataclass(frozen=True)
class ScaleColumn:
    """What one behavior looks like at 1, 3 and 5, and when it cannot be rated."""

    behaviour: str
    name: str
    low: str
    middle: str
    high: str
    not_observed: str


@dataclass(frozen=True)
class LeadGuide:
    """How a lead listens to one call and talks about it."""

    title: str
    listen_for: tuple[str, ...]
    ask: tuple[str, ...]
    avoid: tuple[str, ...]
    scale_title: str
    scale_intro: str
    scale: tuple[ScaleColumn, ...]


def parse_refresher(raw: Any) -> Refresher:
    """Read refresher cards.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        refresher = Refresher(
            title=reader.text("title", longest=120), cards=reader.each("cards", _read_card)
        )
        note_repeats(reader, "cards", [card.id for card in refresher.cards])
    reader.finish()
    return refresher


def parse_job_aid(raw: Any) -> JobAid:
    """Read a job aid.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        job_aid = JobAid(
            title=reader.text("title", longest=120),
            steps=reader.each("steps", _read_step),
            always=reader.each("always", _read_step, required=False),
        )
    reader.finish()
    return job_aid


def parse_lead_guide(raw: Any) -> LeadGuide:
    """Read a guide for leads.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        guide = LeadGuide(
            title=reader.text("title", longest=120),
            listen_for=reader.texts("listen_for"),
            ask=reader.texts("ask"),
            avoid=reader.texts("avoid"),
            scale_title=reader.text("scale_title", longest=120),
            scale_intro=reader.text("scale_intro", longest=300),
            scale=reader.each("scale", _read_column),
        )
        note_repeats(reader, "scale", [column.behaviour for column in guide.scale])
    reader.finish()
    return guide


def parse_sheet(kind: str, raw: Any) -> JobAid | LeadGuide:
    """Read a page that goes with a module, by its file's name: `job-aid` or `lead-guide`.

    Raises:
        ContentError: with every problem found.
    """
    return _SHEETS[kind](raw)


_SHEETS: Mapping[str, Callable[[Any], JobAid | LeadGuide]] = {
    "job-aid": parse_job_aid,
    "lead-guide": parse_lead_guide,
}
SHEET_NAMES = tuple(_SHEETS)


def _read_card(reader: Reader) -> RefresherCard:
    return RefresherCard(
        id=read_id(reader),
        behaviour=read_behaviour(reader),
        front=reader.text("front", longest=300),
        back=reader.text("back", longest=400),
    )


def _read_step(reader: Reader) -> JobAidStep:
    return JobAidStep(title=reader.text("title", longest=60), html=read_html(reader))


def _read_column(reader: Reader) -> ScaleColumn:
    return ScaleColumn(
        behaviour=read_behaviour(reader),
        name=reader.text("name", longest=120),
        low=reader.text("low", longest=300),
        middle=reader.text("middle", longest=300),
        high=reader.text("high", longest=300),
        not_observed=reader.text("not_observed", longest=300),
    )
