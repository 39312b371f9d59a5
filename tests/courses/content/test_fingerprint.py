"""What tells one piece of content from another."""

from courses.content.fingerprint import Known, fingerprint


def test_the_order_of_fields_makes_no_difference_and_every_word_does():
    words = {"title": "Small talk", "minutes": 5}

    assert fingerprint(words, {}) == fingerprint(dict(reversed(words.items())), {})
    assert fingerprint(words, {}) != fingerprint(words | {"minutes": 6}, {})
    assert fingerprint(words, {}) != fingerprint(words, {"ear.svg": "a" * 64})


def test_what_is_known_by_its_words_is_found_again_whatever_comes_along():
    one, again = Known("words", ["a list"]), Known("words", ["another"])

    assert {one: "kept"}[again] == "kept"
    assert one != Known("other words", ["a list"])
