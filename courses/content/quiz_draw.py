"""Drawing the questions of an attempt from the bank of a quiz, the same for the same seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.content.fields import read_behaviours
from courses.content.parsing import Reader
from courses.content.quiz_items import Item, ItemType, lot
from courses.content.skills import Skill, skill_of

MOST_DRAWN = 60


@dataclass(frozen=True)
class Section:
    """A part of a quiz: `draw` items of the bank, of those that fit and no section before it took.

    In a file each condition may be left out: `tags`, `skills`, `behaviours` and `types` are lists
    of which an item needs one; `difficulty` has `from` and `to`, both included.
    """

    draw: int
    title: str = ""
    tags: frozenset[str] = frozenset()
    skills: frozenset[Skill] = frozenset()
    behaviours: frozenset[str] = frozenset()
    types: frozenset[ItemType] = frozenset()
    difficulty: tuple[float, float] = (0.0, 1.0)

    def fits(self, item: Item) -> bool:
        """Say whether an item may be drawn here."""
        lowest, highest = self.difficulty
        return (
            lowest <= item.difficulty <= highest
            and (not self.tags or not self.tags.isdisjoint(item.tags))
            and (not self.skills or skill_of(item.behaviour) in self.skills)
            and (not self.behaviours or item.behaviour in self.behaviours)
            and (not self.types or item.type in self.types)
        )


def drawn_from(
    items: Sequence[Item], sections: Sequence[Section], seed: int, *, shuffled: bool
) -> tuple[str, ...]:
    """Return the ids of the items that this seed draws, section by section, in order of asking.

    Without sections these are all items. Unless `shuffled`, each section keeps the order of the
    file. Which items are drawn depends on the seed and their ids alone.
    """
    taken: list[Item] = []
    for section in sections or [Section(draw=len(items))]:
        fitting = [item for item in items if section.fits(item) and item not in taken]
        chosen = sorted(fitting, key=lambda item: lot(f"{seed}/draw", item.id))[: section.draw]
        order = {item.id: lot(seed, item.id) for item in chosen}
        taken += (
            sorted(chosen, key=lambda item: order[item.id])
            if shuffled
            else [item for item in items if item.id in order]
        )
    return tuple(item.id for item in taken)


def read_section(reader: Reader) -> Section:
    """Read a section of a quiz."""
    return Section(
        draw=reader.whole("draw", 1, MOST_DRAWN),
        title=reader.text("title", default="", longest=80),
        tags=frozenset(reader.texts("tags", required=False)),
        skills=reader.choices("skills", Skill),
        behaviours=frozenset(read_behaviours(reader))
        if "behaviours" in reader.raw
        else frozenset(),
        types=reader.choices("types", ItemType),
        difficulty=reader.within("difficulty", _read_difficulty) or (0.0, 1.0),
    )


def note_shortfalls(reader: Reader, items: Sequence[Item], sections: Sequence[Section]) -> None:
    """Note every section that some seed could not fill, and a draw that might give no points."""
    for number, (section, sure) in enumerate(zip(sections, _sure(items, sections), strict=True)):
        if sure < section.draw:
            sentence = f"This draws {section.draw} items, and only {sure} are sure to be left."
            reader.note(f"sections[{number}].draw", sentence)
    unscored = sum(not item.is_scored for item in items)
    if sections and sum(section.draw for section in sections) <= unscored:
        reader.note("sections", "Draw more items than there are without points.")


def _sure(items: Sequence[Item], sections: Sequence[Section]) -> Iterator[int]:
    """Give for each section how many fitting items are left, however those before it drew."""
    pools = [{item.id for item in items if section.fits(item)} for section in sections]
    for number, pool in enumerate(pools):
        earlier = zip(sections[:number], pools[:number], strict=True)
        yield len(pool) - sum(min(one.draw, len(pool & theirs)) for one, theirs in earlier)


def _read_difficulty(reader: Reader) -> tuple[float, float]:
    lowest = reader.number("from", 0, 1, default=0.0)
    highest = reader.number("to", 0, 1, default=1.0)
    if lowest > highest:
        reader.note("to", "Write at least as much as “from”.")
    return lowest, highest


def _read_behaviours(reader: Reader) -> frozenset[str]:
    return frozenset(read_behaviours(reader) if "behaviours" in reader.raw else ())
