"""What a coaching guide says about one skill: pure, read from a file that anybody can read."""

from dataclasses import dataclass
from typing import Any

from courses.content.parsing import Reader
from courses.content.skills import Skill

LONGEST = 240
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Grow:
    """Questions for the four steps of a talk: goal, reality, options, and what one will do."""

    goal: tuple[str, ...] = ()
    reality: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    will: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feedback:
    """One piece of feedback said well: when, what was said or done, what came of it, and then?"""

    situation: str = ""
    behavior: str = ""
    impact: str = ""
    question: str = ""


@dataclass(frozen=True)
class RatherNot:
    """Words that seem to help, and why they don't."""

    words: str
    because: str

    @property
    def bare_words(self) -> str:
        """The words without quotation marks, for a page that sets its own."""
        return self.words.strip("“”")


@dataclass(frozen=True)
class CoachingGuide:
    """The guide of one skill."""

    skill: Skill
    open_with: str
    listen_for: tuple[str, ...]
    grow: Grow
    feedback: Feedback
    when_strong: str
    rather_not: tuple[RatherNot, ...]


def parse_guide(raw: Any) -> CoachingGuide:
    """Read a guide.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        guide = CoachingGuide(
            skill=reader.choice("skill", Skill),
            open_with=reader.text("open_with", longest=LONGEST),
            listen_for=reader.texts("listen_for"),
            grow=reader.within("grow", _read_grow) or Grow(),
            feedback=reader.within("feedback", _read_feedback) or Feedback(),
            when_strong=reader.text("when_strong", longest=LONGEST),
            rather_not=reader.each("rather_not", _read_rather_not),
        )
        for name in ("grow", "feedback"):
            if name not in reader.raw:
                reader.note(name, "Write this part.")
    reader.finish()
    return guide


def _read_grow(reader: Reader) -> Grow:
    steps = {name: reader.texts(name) for name in ("goal", "reality", "options", "will")}
    for name, questions in steps.items():
        if len(questions) > MOST_QUESTIONS:
            reader.note(name, "Ask three questions at most.")
    return Grow(**steps)


def _read_feedback(reader: Reader) -> Feedback:
    parts = ("situation", "behavior", "impact", "question")
    return Feedback(**{name: reader.text(name, longest=LONGEST) for name in parts})


def _read_rather_not(reader: Reader) -> RatherNot:
    return RatherNot(
        words=reader.text("words", longest=LONGEST),
        because=reader.text("because", longest=LONGEST),
    )
