"""The items of a quiz, and the quiz itself, as their author fills them in."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.content.quiz_items import ItemType
from courses.content.quiz_rules import FeedbackMoment, Review
from courses.forms.block_shapes import OPTIONS
from courses.forms.shapes import Kind, PieceShape, Shape, line, number, words

_REVIEWS = (
    (Review.NOTHING.value, _("Nothing")),
    (Review.RIGHT_OR_NOT.value, _("Whether it was right")),
    (Review.FULL.value, _("All feedback")),
)
_ASKED = (
    line("title", _("Name"), _("For you and the feedback; learners see it after they answer.")),
    Shape(
        "behaviour",
        Kind.CHOICE,
        _("Behavior"),
        _("What an answer is evidence for."),
        choices="behaviours",
    ),
    number(
        "difficulty",
        _("Expected share of points"),
        _("From 0.05 (very hard) to 1 (very easy); 0.7 is usual."),
    ),
    words("stem", _("What happened so far"), is_optional=True),
    words("prompt", _("Question")),
)
_AFTER = (
    words("rationale", _("What to remember"), _("Shown after the answer.")),
    Shape("confidence", Kind.TICK, _("Ask how sure one is")),
    Shape(
        "tags",
        Kind.LINES,
        _("Tags"),
        _("Words of your own to draw by, one a line."),
        is_optional=True,
    ),
)
_TEXT, _FEEDBACK, _RIGHT = OPTIONS.parts
_RATING = number(
    "rating", _("Effectiveness"), _("How well it would work, from 1 (harms) to 5 (best).")
)
_STANDING = Shape(
    "standing",
    Kind.CHOICE,
    _("In the key"),
    choices=(("best", _("The best")), ("worst", _("The worst")), ("other", _("Neither"))),
)
_RATED = replace(OPTIONS, fewest=3, parts=(_TEXT, _FEEDBACK, _RATING))
_REPLIES = Shape("replies", Kind.LINES, _("Model replies"), _("One a line."), is_optional=True)
_RUBRIC = Shape(
    "rubric",
    Kind.ROWS,
    _("What a lead marks it by"),
    one=_("Criterion"),
    with_ids=True,
    parts=(
        line("text", _("What to look for")),
        Shape(
            "levels",
            Kind.ROWS,
            _("Levels, from the fewest points"),
            one=_("Level"),
            fewest=2,
            parts=(number("points", _("Points")), words("anchor", _("What it looks like"))),
        ),
    ),
)

QUIZ = (
    line("title", _("Title")),
    words("intro", _("Introduction")),
    number("minutes", _("Minutes"), _("How long it takes.")),
    number("pass_mark", _("Needed to pass"), _("In percent of the points.")),
    Shape(
        "feedback",
        Kind.CHOICE,
        _("When feedback is shown"),
        choices=(
            (FeedbackMoment.PER_QUESTION.value, _("After each question")),
            (FeedbackMoment.AT_END.value, _("At the end")),
        ),
    ),
    Shape("shuffle_questions", Kind.TICK, _("Mix the questions")),
    Shape("shuffle_options", Kind.TICK, _("Mix the options")),
    number("attempts", _("Attempts"), _("Empty: as many as one likes."), is_optional=True),
    number("time_limit", _("Time limit"), _("In minutes. Empty: none."), is_optional=True),
    Shape(
        "shown_at_once",
        Kind.CHOICE,
        _("Shown after each question"),
        choices=_REVIEWS,
        is_optional=True,
    ),
    Shape("shown_at_end", Kind.CHOICE, _("Shown at the end"), choices=_REVIEWS, is_optional=True),
    Shape(
        "sections",
        Kind.ROWS,
        _("Draw from a bank"),
        _("Leave this empty to ask every question. A section draws some of those that fit."),
        one=_("Section"),
        fewest=0,
        is_optional=True,
        parts=(
            number("draw", _("How many")),
            line("title", _("Title"), is_optional=True),
            Shape("tags", Kind.LINES, _("With one of these tags"), is_optional=True),
        ),
    ),
)


def _item(item_type: str, label: Any, about: Any, icon: str, *key: Shape) -> PieceShape:
    return PieceShape(item_type, label, about, icon, (*_ASKED, *key, *_AFTER), {"difficulty": 0.7})


ITEMS: dict[str, PieceShape] = {
    one.type: one
    for one in (
        _item(
            ItemType.SINGLE_CHOICE,
            _("One right reply"),
            _("Choose the one that fits."),
            "check-circle",
            replace(OPTIONS, fewest=3),
        ),
        _item(
            ItemType.MULTIPLE_CHOICE,
            _("Several right replies"),
            _("Choose all that fit."),
            "check2",
            replace(OPTIONS, fewest=4),
        ),
        _item(
            ItemType.TRUE_FALSE,
            _("True or false"),
            _("Judge one sentence."),
            "circle-half",
            Shape(
                "answer",
                Kind.CHOICE,
                _("The sentence is"),
                choices=((True, _("True")), (False, _("False"))),
            ),
            words("if_true", _("Feedback on “true”")),
            words("if_false", _("Feedback on “false”")),
        ),
        _item(
            ItemType.BEST_WORST,
            _("Best and worst reply"),
            _("Judge a situation: which would work best, which least?"),
            "star-fill",
            replace(
                OPTIONS,
                fewest=4,
                parts=(_TEXT, _FEEDBACK, _STANDING, replace(_RATING, is_optional=True)),
            ),
        ),
        _item(
            ItemType.RATE_EACH,
            _("Rate each reply"),
            _("Say of each how well it would work, 1 to 5."),
            "sliders",
            _RATED,
        ),
        _item(
            ItemType.RANK_ALL,
            _("Rank the replies"),
            _("Put replies in the order in which they would work."),
            "bar-chart-steps",
            _RATED,
        ),
        _item(
            ItemType.ORDERING,
            _("Put in order"),
            _("Put steps in the order in which they belong."),
            "skip-backward",
            replace(
                OPTIONS,
                label=_("Steps, in the right order"),
                one=_("Step"),
                fewest=3,
                parts=(replace(_TEXT, label=_("Step")), _FEEDBACK),
            ),
        ),
        _item(
            ItemType.MATCHING,
            _("Match"),
            _("Say what goes with what."),
            "diagram-3",
            Shape(
                "answers",
                Kind.ROWS,
                _("What they go with"),
                _("One more than needed keeps the last from being left over."),
                one=_("Answer"),
                fewest=3,
                with_ids=True,
                parts=(line("text", _("Answer")),),
            ),
            replace(
                OPTIONS,
                label=_("What is matched"),
                one=_("Line"),
                parts=(
                    replace(_TEXT, label=_("Line")),
                    Shape("goes_with", Kind.CHOICE, _("Goes with"), choices="answers"),
                    _FEEDBACK,
                ),
            ),
        ),
        _item(
            ItemType.FILL_GAP,
            _("Fill the gaps"),
            _("Write the words that are missing."),
            "pencil",
            words("text", _("Text"), _("Write {name} where a gap is.")),
            Shape(
                "gaps",
                Kind.ROWS,
                _("Gaps"),
                one=_("Gap"),
                parts=(
                    line("id", _("Name of the gap"), _("As in the text, without braces.")),
                    Shape("accepted", Kind.LINES, _("Words that fill it"), _("One a line.")),
                    _FEEDBACK,
                ),
            ),
        ),
        _item(
            ItemType.MARK_SENTENCE,
            _("Mark the sentence"),
            _("Find the one sentence in a passage."),
            "search",
            replace(
                OPTIONS,
                label=_("The passage, sentence by sentence"),
                one=_("Sentence"),
                fewest=3,
                parts=(replace(_TEXT, label=_("Sentence")), _FEEDBACK, _RIGHT),
            ),
        ),
        _item(
            ItemType.SHORT_TEXT,
            _("Short reply, compared by its writer"),
            _("Write a reply and hold it against a model."),
            "chat-left-text",
            replace(_REPLIES, is_optional=False),
            Shape(
                "checklist",
                Kind.ROWS,
                _("What to look for in one’s own reply"),
                one=_("Point"),
                fewest=2,
                with_ids=True,
                parts=(line("text", _("Point")), line("because", _("Why it matters"))),
            ),
        ),
        _item(
            ItemType.LONG_TEXT,
            _("Long reply, marked by a lead"),
            _("Write more than a line; a lead marks it by criteria."),
            "person",
            _REPLIES,
            _RUBRIC,
        ),
    )
}

# A short text that a lead marks, unless it fits an accepted pattern; the type is the same.
MARKED_SHORT_TEXT = replace(
    ITEMS[ItemType.SHORT_TEXT],
    label=_("Short reply, marked by a lead"),
    shapes=(
        *_ASKED,
        Shape(
            "accepted",
            Kind.LINES,
            _("Replies that are right at once"),
            _("One a line; a star stands for any words."),
            is_optional=True,
        ),
        _REPLIES,
        _RUBRIC,
        *_AFTER,
    ),
)
