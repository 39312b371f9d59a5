"""The blocks of a lesson, and the lesson itself, as their author fills them in."""

from django.utils.translation import gettext_lazy as _

from courses.content.lesson_blocks import BlockType, CalloutKind
from courses.forms.shapes import Kind, PieceShape, Shape, line, number, words

HEADING = line(
    "heading",
    _("Heading"),
    _("Begins a new step in the outline of the lesson. Leave it empty to go on with the step."),
    is_optional=True,
)
RICH = Shape(
    "html",
    Kind.RICH,
    _("Text"),
    _(
        "An empty line begins a paragraph, “- ” a point of a list, “## ” a heading."
        " **Two stars** make words strong, *one star* stresses them,"
        ' "straight quotes" mark what somebody says.'
    ),
)
OPTIONS = Shape(
    "options",
    Kind.ROWS,
    _("Replies to choose from"),
    one=_("Reply"),
    fewest=2,
    with_ids=True,
    parts=(
        words("text", _("Reply")),
        words("feedback", _("Feedback"), _("What this reply does to the caller, kindly.")),
        Shape("right", Kind.TICK, _("This is the right one")),
    ),
)
LINES = (
    line(
        "speaker",
        _("Who speaks"),
        _("Leave it empty for what can be seen or heard."),
        is_optional=True,
    ),
    words("text", _("What is said")),
)
PICTURE = (
    Shape("file", Kind.CHOICE, _("Picture"), choices="pictures"),
    words("alt", _("In words"), _("What it shows, for those who do not see it.")),
    number("width", _("Width"), _("In pixels.")),
    number("height", _("Height"), _("In pixels.")),
)
VIDEO = (
    line("title", _("Title")),
    Shape(
        "sources",
        Kind.ROWS,
        _("Film files"),
        _("The best one first; browsers take the first that they can play."),
        one=_("File"),
        parts=(Shape("file", Kind.CHOICE, _("File"), choices="films"),),
    ),
    Shape("captions", Kind.CHOICE, _("Captions"), choices="captions"),
    Shape("poster", Kind.CHOICE, _("Picture before it plays"), choices="pictures"),
    number("width", _("Width"), _("In pixels.")),
    number("height", _("Height"), _("In pixels.")),
    number("seconds", _("Length"), _("In seconds.")),
    Shape("silent", Kind.TICK, _("It has no sound")),
    Shape("transcript", Kind.ROWS, _("Transcript"), one=_("Line"), parts=LINES),
    line("caption", _("Caption"), is_optional=True),
)

LESSON = (
    line("title", _("Title")),
    words("objective", _("Objective"), _("What people can do afterwards; it follows “You will:”.")),
    number("minutes", _("Minutes"), _("How long reading and trying takes.")),
)

BLOCKS: dict[str, PieceShape] = {
    one.type: one
    for one in (
        PieceShape(
            BlockType.RICH_TEXT,
            _("Text"),
            _("Paragraphs, lists and headings."),
            "chat-left-text",
            (HEADING, RICH),
        ),
        PieceShape(
            BlockType.QUOTE,
            _("What a patient says"),
            _("Words of an invented patient, set large."),
            "chat-quote",
            (
                HEADING,
                words("text", _("Words"), _("Without quotation marks.")),
                line("source", _("Who says it"), _("Such as “Ruth, 71, on the phone”.")),
            ),
        ),
        PieceShape(
            BlockType.PHRASES,
            _("Say, rather than"),
            _("Words to use and words to leave, side by side."),
            "chat-square-text",
            (
                HEADING,
                Shape(
                    "rows",
                    Kind.ROWS,
                    _("Phrases"),
                    one=_("Phrase"),
                    parts=(
                        words("say", _("Say"), _("Without quotation marks.")),
                        words("rather_than", _("Rather than")),
                        words("because", _("Because")),
                    ),
                ),
            ),
        ),
        PieceShape(
            BlockType.CALLOUT,
            _("Note"),
            _("A hint, or a limit of the role, set apart."),
            "info-circle",
            (
                HEADING,
                Shape(
                    "kind",
                    Kind.CHOICE,
                    _("What it is for"),
                    choices=(
                        (CalloutKind.INFO.value, _("A hint")),
                        (CalloutKind.SCOPE.value, _("A limit of the role")),
                        (CalloutKind.OK.value, _("Something that went well")),
                    ),
                ),
                line("title", _("Title")),
                RICH,
            ),
            {"kind": CalloutKind.INFO.value},
        ),
        PieceShape(
            BlockType.CARDS,
            _("Cards"),
            _("A few situations, and what to do in each."),
            "grid-3x3-gap",
            (
                HEADING,
                Shape(
                    "cards",
                    Kind.ROWS,
                    _("Cards"),
                    one=_("Card"),
                    fewest=2,
                    parts=(line("title", _("Title")), RICH),
                ),
            ),
        ),
        PieceShape(
            BlockType.SNIPPET,
            _("Piece of a call"),
            _("Some lines of a conversation, to read."),
            "telephone",
            (
                HEADING,
                line("caption", _("Caption"), is_optional=True),
                Shape("lines", Kind.ROWS, _("Lines"), one=_("Line"), fewest=2, parts=LINES),
            ),
        ),
        PieceShape(
            BlockType.QUICK_CHECK,
            _("Quick check"),
            _("One question to try the move at once, without a score."),
            "check-circle",
            (
                HEADING,
                words("stem", _("What happened so far"), is_optional=True),
                words("prompt", _("Question")),
                OPTIONS,
            ),
        ),
        PieceShape(
            BlockType.REFLECTION,
            _("Reflection"),
            _("A question to think about. Only its writer sees the answer."),
            "lightbulb",
            (HEADING, words("prompt", _("Question"))),
        ),
        PieceShape(
            BlockType.IMAGE,
            _("Picture"),
            _("A picture with its words. Its file has to be there already."),
            "eye",
            (HEADING, *PICTURE, line("caption", _("Caption"), is_optional=True)),
        ),
        PieceShape(
            BlockType.VIDEO,
            _("Film"),
            _("A film with captions and transcript. Its files have to be there already."),
            "play",
            (HEADING, *VIDEO),
        ),
    )
}
