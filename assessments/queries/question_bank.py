"""The question bank: every question of every quiz, how it goes, and where it is used."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.item_statistics import ENOUGH_ATTEMPTS, Flag
from assessments.models import QuizStatistic
from assessments.queries.statistics import ItemRow, item_row
from courses.content.parsing import Reader
from courses.content.quiz_item_reading import read_item
from courses.content.quiz_items import Item, ItemType
from courses.content.shapes import item_shape
from courses.content.skills import Skill
from courses.models import BankQuestion, ChangeKind
from courses.queries.content import live_revision_of, quiz_of
from portal.kit.sql import kept_rows

ON_A_PAGE = 25
ANY_FLAG = "any"

TYPES: dict[ItemType, str | Promise] = {
    ItemType.SINGLE_CHOICE: _("Single choice"),
    ItemType.MULTIPLE_CHOICE: _("Multiple choice"),
    ItemType.TRUE_FALSE: _("True or false"),
    ItemType.ORDERING: _("Put in order"),
    ItemType.MATCHING: _("Matching"),
    ItemType.FILL_GAP: _("Fill the gap"),
    ItemType.MARK_SENTENCE: _("Mark the sentence"),
    ItemType.BEST_WORST: _("Best and worst"),
    ItemType.RANK_ALL: _("Rank all"),
    ItemType.RATE_EACH: _("Rate each"),
    ItemType.SHORT_TEXT: _("Short text"),
    ItemType.LONG_TEXT: _("Long text"),
}
FLAGS: dict[str, str | Promise] = {
    ANY_FLAG: _("Worth a look"),
    Flag.STRONG_CHOOSE_OTHER: _("Strong agents choose another"),
    Flag.TURNED_AROUND: _("Strong agents do worse"),
    Flag.HARDLY_TELLS: _("Hardly tells strong from weak"),
    Flag.ALL_KNOW: _("Nearly everybody earns it"),
    Flag.HARDLY_ANY: _("Hardly anybody earns it"),
    Flag.OFTEN_OMITTED: _("Often left out"),
    Flag.NEVER_CHOSEN: _("An option nobody chooses"),
    Flag.NOT_AS_MEANT: _("Not as hard as meant"),
}


class Level(NamedTuple):
    """Questions meant to be about as hard: `low` up to `high` of the points, without `high`."""

    words: str | Promise
    low: float
    high: float


LEVELS: dict[str, Level] = {
    "hard": Level(_("Hard: under half of the points"), 0.0, 0.5),
    "middle": Level(_("Middle: half to three quarters"), 0.5, 0.75),
    "easy": Level(_("Easy: three quarters or more"), 0.75, 1.1),
}


@dataclass(frozen=True)
class Wanted:
    """What narrows the bank; whatever is empty does not."""

    text: str = ""
    tag: str = ""
    skill: str = ""
    behaviour: str = ""
    type: str = ""
    level: str = ""
    flag: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything narrows it."""
        return self != Wanted()


@dataclass(frozen=True)
class BankRow:
    """One question in the list; `earned` is in percent, None before anybody met it."""

    id: int
    title: str
    prompt: str
    type: ItemType
    behaviour: str
    skill: Skill
    difficulty: float
    tags: tuple[str, ...]
    has_media: bool
    quiz: str
    module: str
    attempts: int
    earned: int | None
    flags: tuple[str, ...]
    quizzes: int

    @property
    def meant(self) -> int:
        """The share of the points that learners are expected to earn, in percent."""
        return round(100 * self.difficulty)

    @property
    def type_words(self) -> str:
        """How it is answered."""
        return str(TYPES[self.type])

    @property
    def is_enough(self) -> bool:
        """Whether there are enough attempts to judge by."""
        return self.attempts >= ENOUGH_ATTEMPTS

    @property
    def flag_words(self) -> tuple[str, ...]:
        """What is worth a look."""
        return tuple(str(FLAGS[one]) for one in self.flags if one in FLAGS)


@dataclass(frozen=True)
class Bank:
    """One page of the list, and what there is to narrow it by."""

    rows: tuple[BankRow, ...]
    total: int
    number: int
    tags: tuple[str, ...]
    behaviours: tuple[str, ...]

    @property
    def before(self) -> int | None:
        """The number of the page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The number of the next page, if there is one."""
        return self.number + 1 if self.number * ON_A_PAGE < self.total else None


@dataclass(frozen=True)
class Version:
    """A question as some revisions in a row asked it, and how it went."""

    first: int
    last: int
    published_at: datetime
    change: ChangeKind
    has_other_key: bool
    row: ItemRow

    @property
    def is_one(self) -> bool:
        """Whether one revision alone asked it so."""
        return self.first == self.last


@dataclass(frozen=True)
class Place:
    """A quiz that asks the question; `is_same` if in the same words."""

    question: int
    quiz: str
    module: str
    is_origin: bool
    is_same: bool


@dataclass(frozen=True)
class QuestionPage:
    """One question: as it is asked now, where, how it went in each version."""

    question: BankQuestion
    item: Item
    address: str
    versions: tuple[Version, ...]
    places: tuple[Place, ...]
    sections: tuple[str, ...]
    is_always_asked: bool
    cards: int
    enough: int = ENOUGH_ATTEMPTS

    @property
    def now(self) -> Version:
        """The version that learners are asked now."""
        return self.versions[0]

    @property
    def type_words(self) -> str:
        """How it is answered."""
        return str(TYPES[self.item.type])

    @property
    def reuse_line(self) -> str:
        """The line by which another quiz takes it over, as one writes it into a file."""
        return f"use: {self.address}"

    @property
    def meant(self) -> int:
        """The share of the points that learners are expected to earn, in percent."""
        return round(100 * self.item.difficulty)


def question_bank(wanted: Wanted, number: int) -> Bank:
    """Return one page of the bank, by course, module and quiz; in two queries."""
    level = LEVELS.get(wanted.level, Level("", 0.0, 2.0))
    params = {
        "text": f"%{_escaped(wanted.text)}%" if wanted.text else "",
        "tag": wanted.tag,
        "skill": wanted.skill,
        "behaviour": wanted.behaviour,
        "type": wanted.type,
        "low": level.low,
        "high": level.high,
        "flag": wanted.flag,
        "any": ANY_FLAG,
        "skipped": (number - 1) * ON_A_PAGE,
        "most": ON_A_PAGE,
    }
    found = kept_rows(_BANK, params)
    [(tags, behaviours)] = kept_rows(_FACETS, {})
    return Bank(
        rows=tuple(_row(*columns) for _total, *columns in found),
        total=found[0][0] if found else 0,
        number=number,
        tags=tuple(tags),
        behaviours=tuple(behaviours),
    )


def question_page(question: BankQuestion) -> QuestionPage:
    """Return one question, which comes with its quiz, module, course and live revision."""
    activity = question.activity
    address = address_of(question)
    quiz = quiz_of(live_revision_of(activity))
    item = quiz.item(question.step_id)
    assert item is not None
    own = {"activity": activity.pk, "step": question.step_id}
    return QuestionPage(
        question=question,
        item=item,
        address=address,
        versions=_versions(activity.pk, question.step_id),
        places=_places(question, address),
        sections=tuple(
            one.title or str(place)
            for place, one in enumerate(quiz.sections, start=1)
            if one.fits(item)
        ),
        is_always_asked=not quiz.sections,
        cards=kept_rows(_CARDS, own)[0][0],
    )


def address_of(question: BankQuestion) -> str:
    """Return the address by which a quiz can take the question over."""
    activity = question.activity
    module = activity.module
    return f"{module.course.slug}/{module.slug}/{activity.slug}#{question.step_id}"


def _versions(activity: int, step_id: str) -> tuple[Version, ...]:
    """Return how each run of equal revisions asked it, the newest first."""
    kept = QuizStatistic.objects.filter(activity=activity, step_id=step_id)
    sums: Mapping[tuple[str, str], Any] = {(one.step_id, one.shape): one.sums for one in kept}
    found: list[Version] = []
    asked = kept_rows(_ASKED, {"activity": activity, "step": step_id})
    before = ""
    for raw, run in groupby(asked, key=lambda row: row[3]):
        revisions = list(run)
        item = read_item(Reader.of(json.loads(raw)))
        assert item is not None
        shape = item_shape(item)
        number, published_at, change, _raw = revisions[0]
        found.append(
            Version(
                first=number,
                last=revisions[-1][0],
                published_at=published_at,
                change=ChangeKind(change),
                has_other_key=bool(before) and before != shape,
                row=item_row(item, sums),
            )
        )
        before = shape
    return tuple(reversed(found))


def _places(question: BankQuestion, address: str) -> tuple[Place, ...]:
    """Return every quiz that asks the question: where it was written first, and the copies."""
    origin = question.origin or address
    found = kept_rows(_PLACES, {"origin": origin})
    return tuple(
        Place(pk, quiz, module, own == origin, (prompt, shape) == (question.prompt, question.shape))
        for pk, quiz, module, own, prompt, shape in found
    )


def _row(*columns: Any) -> BankRow:
    *asked, attempts, points, flags, quizzes = columns
    pk, title, prompt, kind, behaviour, skill, difficulty, tags, has_media, quiz, module = asked
    return BankRow(
        id=pk,
        title=title,
        prompt=prompt,
        type=ItemType(kind),
        behaviour=behaviour,
        skill=Skill(skill),
        difficulty=difficulty,
        tags=tuple(tags),
        has_media=has_media,
        quiz=quiz,
        module=module,
        attempts=attempts,
        earned=round(100 * points / attempts) if attempts else None,
        flags=tuple(flags),
        quizzes=quizzes,
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


# Questions on offer, in their order, with their addresses and those of what they are copies of.
_OFFERED = """
    SELECT q.*, a.title AS quiz, m.title AS module, place.address,
        coalesce(nullif(q.origin, ''), place.address) AS written,
        row_number() OVER (ORDER BY c.position, c.id, m.position, m.id, a.position, q.position)
            AS place
    FROM courses_bankquestion q
    JOIN courses_activity a ON a.id = q.activity_id AND a.archived_at IS NULL
    JOIN courses_module m ON m.id = a.module_id AND m.archived_at IS NULL
    JOIN courses_course c ON c.id = m.course_id AND c.archived_at IS NULL
    CROSS JOIN LATERAL (
        SELECT c.slug || '/' || m.slug || '/' || a.slug || '#' || q.step_id AS address
    ) place
"""
_BANK = """
WITH offered AS (@offered),
q AS (SELECT *, count(*) OVER (PARTITION BY written) AS quizzes FROM offered)
SELECT count(*) OVER (), q.id, q.title, q.prompt, q.type, q.behaviour, q.skill, q.difficulty,
    q.tags, q.has_media, q.quiz, q.module, coalesce((s.sums ->> 'attempts')::int, 0),
    coalesce((s.sums ->> 'x')::float, 0), coalesce(s.flags, '{}'), q.quizzes
FROM q
LEFT JOIN assessments_quizstatistic s
    ON s.activity_id = q.activity_id AND s.step_id = q.step_id AND s.shape = q.shape
WHERE (%(text)s = '' OR q.title ILIKE %(text)s OR q.prompt ILIKE %(text)s)
    AND (%(tag)s = '' OR %(tag)s = ANY (q.tags))
    AND (%(skill)s = '' OR q.skill = %(skill)s)
    AND (%(behaviour)s = '' OR q.behaviour = %(behaviour)s)
    AND (%(type)s = '' OR q.type = %(type)s)
    AND q.difficulty >= %(low)s AND q.difficulty < %(high)s
    AND (%(flag)s = '' OR %(flag)s = ANY (s.flags)
         OR (%(flag)s = %(any)s::text AND cardinality(s.flags) > 0))
ORDER BY q.place
LIMIT %(most)s OFFSET %(skipped)s
""".replace("@offered", _OFFERED)
_PLACES = """
WITH q AS (@offered)
SELECT id, quiz, module, address, prompt, shape FROM q
WHERE written = %(origin)s ORDER BY place
""".replace("@offered", _OFFERED)
_FACETS = """
SELECT ARRAY (SELECT DISTINCT unnest(tags) AS tag FROM courses_bankquestion ORDER BY tag),
    ARRAY (SELECT DISTINCT behaviour FROM courses_bankquestion ORDER BY behaviour)
"""
_ASKED = """
SELECT r.number, r.published_at, r.change_kind, item
FROM courses_contentrevision r, jsonb_array_elements(r.content -> 'items') AS item
WHERE r.activity_id = %(activity)s AND item ->> 'id' = %(step)s
ORDER BY r.number
"""
_CARDS = """
SELECT count(*) FROM assessments_spacedcard card
JOIN courses_contentrevision r ON r.id = card.revision_id
WHERE r.activity_id = %(activity)s AND card.step_id = %(step)s AND card.retired_at IS NULL
"""
