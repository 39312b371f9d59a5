"""A question of a quiz as its taker sees it, and what its answer teaches once it is given."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from assessments.models import Attempt
from assessments.queries.answers import latest_responses
from assessments.queries.quiz_taken import quiz_taken
from assessments.queries.telling import Told, sure_words, told
from assessments.scoring import ItemScore, score_item
from courses.content.lesson_blocks import Video
from courses.content.options import Option
from courses.content.quiz import Quiz
from courses.content.quiz_items import Explanation, Item, Question
from courses.content.quiz_rules import Review


@dataclass(frozen=True)
class Offered:
    """An option as it stands in the form; `mark` says how the chosen ones did, once it is told."""

    option: Option
    is_chosen: bool
    mark: str


@dataclass(frozen=True)
class Played:
    """A film, and the hashes of its files by name."""

    block: Video
    media: Mapping[str, str]


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the answer to it, and what that teaches: what the templates of types show.

    `score` and `explanation` are None until its answer is given, and as long as they are kept
    back.
    """

    question: Question
    response: dict[str, Any]
    explanation: Explanation | None
    score: ItemScore | None
    order: tuple[str, ...]

    @property
    def media(self) -> Mapping[str, str]:
        """The hashes of the files that it shows and plays, by name."""
        return {}

    @property
    def is_told(self) -> bool:
        """Whether it is shown how the answer did."""
        return self.score is not None

    @property
    def is_settled(self) -> bool:
        """Whether the answer stands."""
        return self.is_told and not self.question.is_self_marked

    @property
    def is_self_marked(self) -> bool:
        """Whether the taker now marks their own words."""
        return self.question.is_self_marked and self.explanation is not None

    @property
    def template(self) -> str:
        """The template that shows this type of question."""
        return f"assessments/items/{self.question.type}.html"

    @property
    def chosen(self) -> frozenset[str]:
        """The options that were chosen, where options are chosen."""
        return frozenset([self.response.get("option"), *self.response.get("options", ())])

    @property
    def given(self) -> dict[str, str]:
        """What was given for each option, where options are matched or gaps filled."""
        return self.response.get("pairs") or self.response.get("words") or {}

    @property
    def offered(self) -> tuple[Offered, ...]:
        """The options to choose from; which of those chosen are right only once it is told."""
        told = self.explanation.options if self.explanation else ()
        marks = {one.shown.id: "right" if one.is_right else "look" for one in told}
        return tuple(
            Offered(one, is_chosen, marks.get(one.id, "") if is_chosen else "")
            for one in self.question.options
            for is_chosen in [one.id in self.chosen]
        )

    @property
    def told(self) -> tuple[Told, ...]:
        """What each option teaches, once it may be seen."""
        return told(self.question, self.explanation, self.response)

    @property
    def video(self) -> Played | None:
        """The film of the question, if it has one."""
        video = self.question.video
        return Played(video, self.media) if video else None

    def with_answer(self, payload: dict[str, Any]) -> Self:
        """Return this with an answer filled in that is not kept."""
        order = payload.get("order", ())
        is_whole = sorted(order) == sorted(self.order)
        return replace(self, response=payload, order=tuple(order) if is_whole else self.order)

    def with_step_moved(self, payload: dict[str, Any], move: str) -> Self | None:
        """Return this with one step of an ordering up or down, as in `B:-1`; None if it cannot."""
        step, _, way = move.rpartition(":")
        order = list(payload.get("order", ()))
        if sorted(order) != sorted(self.order) or step not in order or way not in ("-1", "1"):
            return None
        place = order.index(step)
        order.insert(max(0, place + int(way)), order.pop(place))
        return self.with_answer({**payload, "order": order})

    @property
    def ordered_options(self) -> list[Any]:
        """The steps of an ordering, as they stand now."""
        by_id = {option.id: option for option in self.question.options}
        return [by_id[option_id] for option_id in self.order]


@dataclass(frozen=True)
class QuestionPage(AskedQuestion):
    """One question of an open attempt.

    The rules of the quiz say what is kept back of an answer, and until when. `seconds_left` is
    there where time is limited.
    """

    attempt: Attempt
    quiz: Quiz
    number: int
    total: int
    answered: frozenset[str]
    seconds_left: int | None

    @property
    def media(self) -> Mapping[str, str]:
        """The hashes of the files that it shows and plays, by name."""
        media: Mapping[str, str] = self.attempt.keyed_by.media
        return media

    @property
    def section(self) -> str:
        """The title of the part of the quiz to which the question belongs, if it has one."""
        found = self.quiz.section_at(self.number)
        return found.title if found else ""

    @property
    def open_count(self) -> int:
        """How many questions have no answer yet."""
        return self.total - len(self.answered)

    @property
    def sureness(self) -> tuple[tuple[int, str], ...]:
        """How sure one may be, and in words, where the question asks for it."""
        return tuple(sure_words().items()) if self.question.asks_confidence else ()


def has_question(attempt: Attempt, number: int) -> bool:
    """Say whether an attempt asks a question with this number, counted from 1."""
    return item_at(quiz_taken(attempt), number) is not None


def item_at(quiz: Quiz, number: int) -> Item | None:
    """Return what a quiz, as an attempt takes it, asks at this number, counted from 1."""
    return quiz.items[number - 1] if 1 <= number <= len(quiz.items) else None


def explains_at_once(attempt: Attempt, number: int) -> bool:
    """Say whether it is shown how an answer did when it is given, and not only at the end."""
    quiz = quiz_taken(attempt)
    item = item_at(quiz, number)
    return item is not None and _is_explained_at_once(quiz, item)


def question_page(attempt: Attempt, number: int | None = None, *, now: datetime) -> QuestionPage:
    """Return the question with this number, which must exist, or the first open one."""
    quiz = quiz_taken(attempt)
    responses = latest_responses(attempt)
    if number is None:
        number = _first_open(quiz, responses)
    item = quiz.items[number - 1]
    question = item.asked(attempt.seed, shuffled=quiz.shuffle_options)
    response = responses.get(item.id, {})
    is_told = bool(response) and _is_explained_at_once(quiz, item)
    shown = quiz.rules.shown_at_once if is_told else Review.NOTHING
    return QuestionPage(
        attempt=attempt,
        quiz=quiz,
        question=question,
        number=number,
        total=len(quiz.items),
        answered=frozenset(responses),
        response=response,
        explanation=item.explained() if shown is Review.FULL else None,
        score=None if shown is Review.NOTHING else score_item(item, response),
        order=tuple(response.get("order", [option.id for option in question.options])),
        seconds_left=attempt.seconds_left(now),
    )


def _is_explained_at_once(quiz: Quiz, item: Item) -> bool:
    return not item.rubric and quiz.rules.shown_at_once is not Review.NOTHING


def _first_open(quiz: Quiz, responses: Mapping[str, Any]) -> int:
    open_numbers = (n for n, item in enumerate(quiz.items, 1) if item.id not in responses)
    return next(open_numbers, len(quiz.items))
