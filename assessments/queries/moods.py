"""The patient's state in words and marks, the same on every screen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.content.scenario_graph import RunState
from portal.kit.wording import once_a_language

KINDS = ("trust", "distress", "understanding")


@once_a_language
def _labels() -> dict[str, str]:
    return {"trust": _("Trust"), "distress": _("Distress"), "understanding": _("Understanding")}


@once_a_language
def _words() -> dict[str, tuple[str, ...]]:
    return {
        "trust": (_("Closed off"), _("Guarded"), _("Waiting"), _("Warming"), _("Trusting")),
        "distress": (_("Calm"), _("Settling"), _("Uneasy"), _("Upset"), _("Overwhelmed")),
        "understanding": (
            _("Lost"),
            _("Unsure"),
            _("Piecing it together"),
            _("Following"),
            _("Clear"),
        ),
    }


@dataclass(frozen=True)
class Mood:
    """One of the three variables: `level` runs from 0 to 4, `pips` from 1 to 5."""

    kind: str
    level: int
    before: int

    @property
    def label(self) -> str:
        """What is measured."""
        return _labels()[self.kind]

    @property
    def word(self) -> str:
        """How the patient is, in a word."""
        return _words()[self.kind][self.level]

    @property
    def word_before(self) -> str:
        """How the patient was before it, in a word."""
        return _words()[self.kind][self.before]

    @property
    def pips(self) -> int:
        """How many of five marks are filled."""
        return self.level + 1

    @property
    def change(self) -> str:
        """Where it went with the last reply: up, down or same."""
        if self.level == self.before:
            return "same"
        return "up" if self.level > self.before else "down"

    @property
    def change_word(self) -> str:
        """How far it went, in a word."""
        distance = abs(self.level - self.before)
        return (_("unchanged"), _("a little"), _("a lot"))[min(distance, 2)]


def words_for(state: RunState) -> tuple[str, ...]:
    """Return the three moods of a state, in a word each."""
    words = _words()
    return tuple(words[kind][getattr(state, kind)] for kind in KINDS)


def moods_of(state: RunState, before: RunState | None = None) -> tuple[Mood, ...]:
    """Return the three moods of a state, compared with the state before the last reply."""
    before = before or state
    return tuple(Mood(kind, getattr(state, kind), getattr(before, kind)) for kind in KINDS)
