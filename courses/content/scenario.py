"""Scenarios: their shapes, and how one is read from the plain dictionary that an author wrote."""

from collections.abc import Mapping
from typing import Any

from courses.content.fields import read_id
from courses.content.guards import ALWAYS, HIGHEST, LOWEST, Guard, read_verdict, read_when
from courses.content.parsing import Reader
from courses.content.scenario_cards import read_card
from courses.content.scenario_choices import read_choice
from courses.content.scenario_references import check_references
from courses.content.scenario_shapes import (
    Action,
    AnswerKind,
    Article,
    Card,
    Channel,
    Choice,
    ChoiceChange,
    Effectiveness,
    Effects,
    Ending,
    EndingKind,
    Fact,
    GateResult,
    Moment,
    Opening,
    Part,
    Route,
    Scenario,
    SidePanel,
    Speech,
    ThinkTime,
)
from courses.content.scenario_speech import read_facts, read_speech, read_think_time

__all__ = [
    "Action",
    "AnswerKind",
    "Article",
    "Card",
    "Channel",
    "Choice",
    "ChoiceChange",
    "Effectiveness",
    "Effects",
    "Ending",
    "EndingKind",
    "Fact",
    "GateResult",
    "Moment",
    "Opening",
    "Part",
    "Route",
    "Scenario",
    "SidePanel",
    "Speech",
    "ThinkTime",
    "parse_scenario",
]


def parse_scenario(raw: Any) -> Scenario:
    """Return the scenario that a dictionary describes.

    Raises:
        ContentError: it cannot be played; the error lists every problem with its place.
    """
    with Reader.of(raw).closed() as reader:
        scenario = _read_scenario(reader)
    check_references(scenario, reader)
    reader.finish()
    return scenario


def _read_scenario(reader: Reader) -> Scenario:
    opening = reader.within("start", _read_opening) or Opening()
    moments = reader.each("moments", _read_moment)
    endings = reader.each("endings", _read_ending)
    return Scenario(
        title=reader.text("title", longest=120),
        minutes=reader.whole("minutes", 1, 120, default=10),
        assessed_attempts=reader.whole("assessed_attempts", 1, 10, default=3),
        channel=reader.choice("channel", Channel),
        summary=reader.text("summary", longest=400),
        brief=reader.text("brief", longest=1200),
        content_notice=reader.text("content_notice", default="", longest=400),
        catch=reader.text("catch", default="", longest=400),
        shows_mood=_read_shows_mood(reader),
        behaviours=reader.within("behaviours", _read_named_texts) or {},
        gates=reader.within("gates", _read_named_texts) or {},
        panel=reader.within("panel", _read_panel) or SidePanel(),
        exits=reader.each("exits", _read_route, required=False),
        moments=moments,
        endings=endings,
        cards=reader.each("cards", lambda one: read_card(one, opening, moments, endings)),
    )


def _read_shows_mood(reader: Reader) -> Guard:
    return read_verdict(reader, "shows_mood") if "shows_mood" in reader.raw else ALWAYS


def _read_opening(reader: Reader) -> Opening:
    return Opening(
        trust=reader.whole("trust", LOWEST, HIGHEST),
        distress=reader.whole("distress", LOWEST, HIGHEST),
        understanding=reader.whole("understanding", LOWEST, HIGHEST),
        flags=frozenset(reader.texts("flags", required=False)),
    )


def _read_named_texts(reader: Reader) -> Mapping[str, str]:
    return {str(name): reader.text(str(name), longest=200) for name in reader.raw}


def _read_panel(reader: Reader) -> SidePanel:
    return SidePanel(
        account=read_facts(reader, "account"),
        knowledge=reader.each("knowledge", _read_article, required=False),
        protocol=reader.texts("protocol", required=False),
    )


def _read_article(reader: Reader) -> Article:
    return Article(title=reader.text("title", longest=120), text=reader.text("text"))


def _read_moment(reader: Reader) -> Moment:
    return Moment(
        id=read_id(reader),
        title=reader.text("title", longest=120),
        behaviour=reader.text("behaviour", longest=8),
        weight=reader.number("weight", 0, 10, default=1),
        answer=reader.choice("answer", AnswerKind, default=AnswerKind.REPLY),
        prompt=reader.text("prompt", default="", longest=200),
        direction=read_speech(reader, "direction"),
        says=read_speech(reader, "says"),
        on_screen=reader.texts("on_screen", required=False),
        choices=reader.each("choices", read_choice),
        expert=reader.text("expert", default="", longest=600),
        hint=reader.text("hint", default="", longest=300),
        hint_cost=reader.whole("hint_cost", 1, 5, default=1),
        think_time=read_think_time(reader),
        routes=reader.each("routes", _read_route),
        path=reader.path,
    )


def _read_route(reader: Reader) -> Route:
    return Route(to=reader.text("to"), when=read_when(reader), path=reader.path)


def _read_ending(reader: Reader) -> Ending:
    return Ending(
        id=read_id(reader),
        title=reader.text("title", longest=120),
        kind=reader.choice("kind", EndingKind),
        direction=read_speech(reader, "direction"),
        says=read_speech(reader, "says"),
        for_patient=reader.text("for_patient", longest=600),
        about_safety=reader.text("about_safety", default="", longest=600),
        about_skill=reader.text("about_skill", default="", longest=600),
        is_resolved=read_verdict(reader, "resolved"),
        is_understood=read_verdict(reader, "understood"),
        has_owner=read_verdict(reader, "owner_named"),
        offers_rewind=reader.flag("offers_rewind"),
        path=reader.path,
    )
