"""Rubrics: what a lead marks an answer by, criterion by criterion, each level with an anchor."""

from dataclasses import dataclass, field

from courses.content.fields import read_id
from courses.content.parsing import Reader, note_repeats

MOST_CRITERIA = 6
FEWEST_LEVELS, MOST_LEVELS = 2, 5
MOST_POINTS = 10


@dataclass(frozen=True)
class Level:
    """One step of a criterion: its points, and what an answer at this step looks like."""

    points: int
    anchor: str = field(repr=False)


@dataclass(frozen=True)
class Criterion:
    """One thing to look for, with its levels from the fewest points to the most."""

    id: str
    text: str
    levels: tuple[Level, ...] = field(repr=False)

    @property
    def lowest(self) -> int:
        """The fewest points it can give."""
        return self.levels[0].points

    @property
    def highest(self) -> int:
        """The most points it can give."""
        return self.levels[-1].points


def read_rubric(reader: Reader) -> tuple[Criterion, ...]:
    """Read the field `rubric`: criteria with `id`, `text` and `levels` of points and anchors."""
    rubric = reader.each("rubric", _read_criterion)
    note_repeats(reader, "rubric", [criterion.id for criterion in rubric])
    if len(rubric) > MOST_CRITERIA:
        reader.note("rubric", f"Write {MOST_CRITERIA} criteria at most; here are {len(rubric)}.")
    return rubric


def _read_criterion(reader: Reader) -> Criterion:
    criterion = Criterion(
        id=read_id(reader),
        text=reader.text("text", longest=200),
        levels=reader.each("levels", _read_level),
    )
    points = [level.points for level in criterion.levels]
    if points and not FEWEST_LEVELS <= len(points) <= MOST_LEVELS:
        span = f"{FEWEST_LEVELS} to {MOST_LEVELS}"
        reader.note("levels", f"Write {span} levels; here are {len(points)}.")
    if points != sorted(set(points)):
        reader.note("levels", "Go from the fewest points to the most, each level with its own.")
    return criterion


def _read_level(reader: Reader) -> Level:
    return Level(reader.whole("points", 0, MOST_POINTS), reader.text("anchor", longest=300))
