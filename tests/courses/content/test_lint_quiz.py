"""Checks of quizzes: fair, balanced, kind, and open to everybody."""

from typing import Any

from courses.content.findings import Finding, Severity
from courses.content.lint_quiz import lint_quiz
from courses.content.quiz import parse_quiz
from tests.factories.contents import option, quiz_raw


def replies(key: str, **fields: Any) -> list[dict[str, Any]]:
    """Return four options of one length; `key` gets the fields."""
    return [
        option(one, text=f"“This is what somebody says, and it is reply {one}.”")
        | (fields if one == key else {})
        for one in "ABCD"
    ]


def item(id_: str, type_: str, options: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": type_,
        "title": "At the desk",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "prompt": "What now?",
        "rationale": "The story comes first.",
        "options": options,
    } | fields


def fair_items() -> list[dict[str, Any]]:
    """Return eight items that nobody could complain of."""
    singles = [item(f"s{key}", "single_choice", replies(key, right=True)) for key in "ABCD"]
    extremes = [
        item(f"e{key}", "best_worst", [*replies(key, standing="best")[:3], *worst(key)])
        for key in "BC"
    ]
    rated = [option(one, rating=rating) for one, rating in zip("ABC", (5, 3, 1), strict=True)]
    return [*singles, *extremes, item("r1", "rate_each", rated), *sentence()]


def worst(_: str) -> list[dict[str, Any]]:
    return [option("D", standing="worst", text="“This is what somebody says, and it is reply D.”")]


def sentence() -> list[dict[str, Any]]:
    return [item("m1", "mark_sentence", [option("A"), option("B", right=True), option("C")])]


def findings_in(items: list[dict[str, Any]], **changes: Any) -> list[Finding]:
    return list(lint_quiz(parse_quiz(quiz_raw(items=items, **changes))))


def warning(code: str, path: str, sentence_: str) -> Finding:
    return Finding(code, Severity.WARNING, path, sentence_)


def test_a_fair_quiz_has_no_findings():
    assert findings_in(fair_items()) == []


def test_few_items_and_few_judgments_are_mentioned():
    assert findings_in(fair_items()[:2]) == [
        warning("few-items", "items", "Write at least 8 items; here are 2."),
        warning(
            "few-judgments",
            "items",
            "Let a third of the items ask for judgment in a situation; here are 0 of 2.",
        ),
    ]


def test_a_key_that_is_mostly_in_one_place_is_mentioned():
    items = fair_items()
    for one in items[:4]:
        one["options"] = replies("B", right=True)

    assert findings_in(items) == [
        warning("key-position", "items", "The key stands at place 2 in 5 of 6 items; mix it.")
    ]


def test_a_key_that_is_mostly_the_longest_is_mentioned():
    items = fair_items()
    for one, key in zip(items[:4], "ABCD", strict=True):
        longer = f"“This is what somebody says, and it is a reply: {key}.”"
        one["options"] = replies(key, right=True, text=longer)

    assert findings_in(items) == [
        warning(
            "key-length", "items", "The key is the longest option in 4 of 6 items; even it out."
        )
    ]


def test_options_of_unlike_length_are_mentioned():
    items = fair_items()
    items[0]["options"] = replies("D", text="“This is what somebody says.”")
    items[0]["options"][0]["right"] = True

    assert [(one.code, one.path) for one in findings_in(items)] == [
        ("option-length", "items.sA.options.D")
    ]


def test_short_options_may_differ_in_length():
    items = fair_items()
    items[0]["options"] = [option("A", text="The request.", right=True), option("B", text="Me.")]

    assert findings_in(items) == []


def test_feedback_that_only_judges_is_mentioned():
    items = fair_items()
    items[0]["options"][1]["feedback"] = "Wrong."

    assert findings_in(items) == [
        warning(
            "bland-feedback",
            "items.sA.options.B",
            "Say what this reply does to the caller, or why it helps.",
        )
    ]


def test_unkind_words_and_exclamation_marks_are_mentioned():
    items = fair_items()
    items[0]["rationale"] = "Incorrect replies hurt!"

    assert findings_in(items) == [
        warning("exclamation", "items.sA", "Leave out the exclamation mark."),
        warning("unkind-word", "items.sA", "Say what to look at again instead of “incorrect”."),
    ]


def test_ids_that_tell_the_answer_are_an_error():
    items = fair_items()
    items[0]["options"][0]["id"] = "right-one"
    steps = [option(one) for one in ("a-story", "b-ask", "c-open")]
    items.append(item("o1", "ordering", steps))
    items.append(
        item("r2", "rate_each", [option(x, rating=n) for x, n in (("p", 1), ("q", 2), ("z", 4))])
    )

    assert findings_in(items) == [
        Finding(
            "telling-id",
            Severity.ERROR,
            "items.sA.options",
            "These ids give the answer away: right-one. Choose neutral ones.",
        ),
        Finding(
            "telling-id",
            Severity.ERROR,
            "items.o1.options",
            "These ids give the answer away: a-story, b-ask, c-open. Choose neutral ones.",
        ),
    ]


def test_an_option_that_points_at_others_is_mentioned():
    items = fair_items()
    items[0]["options"][3]["text"] = "“This is what somebody says: all of the above.”"

    assert [one.code for one in findings_in(items)] == ["refers-to-others"]


def test_hard_reading_is_mentioned():
    items = fair_items()
    items[0]["rationale"] = (
        "Representatives consistently demonstrating comprehensive understanding subsequently"
        " experience considerably improved interpersonal communication outcomes, notwithstanding"
        " organizational prioritization of administrative efficiency measurements."
    )
    for one in items[1:]:
        one["rationale"] = items[0]["rationale"]

    (finding,) = findings_in(items)
    assert (finding.code, finding.path) == ("reading-level", "items")
    assert "bring it to grade 8 or below" in finding.sentence


def test_pictures_need_words_of_their_own_and_must_exist():
    items = fair_items()
    items[0]["picture"] = {"file": "the-desk.svg", "alt": "The desk", "width": 8, "height": 6}
    items[1]["picture"] = {"file": "map.svg", "alt": "Image of a map", "width": 8, "height": 6}
    items[2]["picture"] = {"file": "map.svg", "alt": "Rings. " * 50, "width": 8, "height": 6}
    quiz = parse_quiz(quiz_raw(items=items))

    assert [(one.code, one.path) for one in lint_quiz(quiz, files=frozenset({"map.svg"}))] == [
        ("alt-file-name", "items.sA.picture"),
        ("alt-opening", "items.sB.picture"),
        ("alt-long", "items.sC.picture"),
        ("missing-file", "items"),
    ]


def matching(*goes_with: str, answers: str = "xyz") -> dict[str, Any]:
    options = [option(one, goes_with=to) for one, to in zip("ABC", goes_with, strict=False)]
    texts = [{"id": one, "text": f"Answer {one}."} for one in answers]
    return item("match", "matching", options, answers=texts)


def test_a_match_left_over_is_mentioned():
    for spare in (matching("x", "y"), matching("x", "y", "x", answers="xy")):
        assert findings_in([*fair_items(), spare]) == []

    assert findings_in([*fair_items(), matching("x", "y", "z")]) == [
        warning(
            "no-spare-answer",
            "items.match.answers",
            "The last one is left over; add an answer that fits nowhere or fits twice.",
        )
    ]


def gap(id_: str, *accepted: str) -> dict[str, Any]:
    fields = {"text": f"The {{{id_}}} house.", "prompt": "Which word is missing?"}
    gaps = [{"id": id_, "accepted": [*accepted], "feedback": "It was sent to the wrong one."}]
    return {
        key: value for key, value in item("g", "fill_gap", [], **fields).items() if key != "options"
    } | {"gaps": gaps}


def test_a_variant_that_is_accepted_anyway_is_mentioned():
    assert findings_in([*fair_items(), gap("which", "old", "former")]) == []
    assert findings_in([*fair_items(), gap("which", "old", " Old.")]) == [
        Finding(
            "same-variant",
            Severity.INFO,
            "items.g.gaps.which",
            "“old” is accepted however it is typed; write it once.",
        )
    ]


def test_ids_that_name_a_match_a_gap_or_a_ranking_are_errors():
    named = matching("A", "x", answers="Axy")
    ranked = [option(one, rating=rating) for one, rating in zip("ABC", (5, 3, 1), strict=True)]
    for telling in (named, gap("old", "Old"), item("rank", "rank_all", ranked)):
        found = findings_in([*fair_items(), telling])
        assert [(one.code, one.severity) for one in found] == [("telling-id", Severity.ERROR)]


def test_asking_how_sure_one_is_without_points_is_mentioned():
    points = [{"id": "times", "text": "Three times?", "because": "She did her part."}]
    own_words = {
        key: value for key, value in item("w", "short_text", []).items() if key != "options"
    }
    own_words |= {"replies": ["“Three times.”"], "checklist": points, "confidence": True}

    assert [(one.code, one.path) for one in findings_in([*fair_items(), own_words])] == [
        ("confidence-without-points", "items.w.confidence")
    ]
