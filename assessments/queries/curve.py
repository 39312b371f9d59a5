"""The curve of a run: where each variable stood, as points of a small drawing."""

from dataclasses import dataclass
from functools import cached_property

from assessments.queries.moods import words_for
from courses.content.scenario_graph import RunState

WIDTH, LEFT, TOP, RISE = 280, 14, 15, 30
LABELS_THAT_FIT = 9


@dataclass(frozen=True)
class Mark:
    """One point of a line, in the drawing's own units, and the reply it belongs to."""

    reply: int
    x: float
    y: float

    @property
    def left(self) -> str:
        """How far from the left it is, as a drawing writes it in every language."""
        return str(self.x)


@dataclass(frozen=True)
class Curve:
    """The states of a run: the first is before any reply.

    `replies` is how many the drawing has room for, where two runs share it; 0: as many as it has.
    `turning_reply` is the number of the reply that moved the patient most; None if none did.
    """

    states: tuple[RunState, ...]
    replies: int = 0
    turning_reply: int | None = None

    @cached_property
    def trust(self) -> tuple[Mark, ...]:
        """The line of trust."""
        return self._line("trust")

    @cached_property
    def distress(self) -> tuple[Mark, ...]:
        """The line of distress."""
        return self._line("distress")

    @cached_property
    def understanding(self) -> tuple[Mark, ...]:
        """The line of understanding."""
        return self._line("understanding")

    @cached_property
    def turning_point(self) -> Mark | None:
        """Where the turning point is marked: at the top of the drawing."""
        if self.turning_reply is None:
            return None
        return Mark(self.turning_reply, self.trust[self.turning_reply].x, TOP)

    @property
    def points(self) -> dict[str, str]:
        """The corners of each line."""
        lines = {
            "trust": self.trust,
            "distress": self.distress,
            "understanding": self.understanding,
        }
        return {
            kind: " ".join(f"{mark.x},{mark.y}" for mark in line) for kind, line in lines.items()
        }

    @property
    def grid(self) -> tuple[int, ...]:
        """The heights of the five levels."""
        return tuple(TOP + RISE * level for level in range(5))

    @property
    def labels(self) -> tuple[Mark, ...]:
        """Where replies are numbered: each one while there are few, else every third."""
        every = 1 if len(self.states) <= LABELS_THAT_FIT else 3
        return tuple(mark for mark in self.trust if mark.reply % every == 0)

    @property
    def rows(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The same as a table: the reply's number (0 is the start) and the moods in words."""
        return tuple((number, words_for(state)) for number, state in enumerate(self.states))

    def _line(self, kind: str) -> tuple[Mark, ...]:
        gap = (WIDTH - 2 * LEFT) / max(1, self.replies or len(self.states) - 1)
        return tuple(
            Mark(number, round(LEFT + gap * number, 1), TOP + RISE * (4 - getattr(state, kind)))
            for number, state in enumerate(self.states)
        )
