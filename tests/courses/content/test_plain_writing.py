"""Rich text without tags: what is typed becomes the small HTML, and reads the same again."""

import pytest

from courses.content.plain_writing import as_html, as_typed

BOTH = [
    ("One line.", "<p>One line.</p>"),
    ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    ("One\nTwo", "<p>One<br>Two</p>"),
    ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
    ("## Head\n\n### Low", "<h2>Head</h2>\n<h3>Low</h3>"),
    ("So **strong** and *soft*.", "<p>So <strong>strong</strong> and <em>soft</em>.</p>"),
    ('Say "I hear you."', "<p>Say <q>I hear you.</q></p>"),
    ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
]


@pytest.mark.parametrize(("typed", "html"), BOTH)
def test_both_ways(typed: str, html: str):
    assert as_html(typed) == html
    assert as_typed(html) == typed


def test_spaces_of_a_file_do_not_show():
    source = "<p>One\n  line.</p>\n<ul>\n  <li>a <q>b</q></li>\n  <li>c</li>\n</ul>\n"
    assert as_typed(source) == 'One line.\n\n- a "b"\n- c'


@pytest.mark.parametrize(
    "source", ["<ul><li>a<ul><li>b</li></ul></li></ul>", '<p>5" of **rope**</p>', "<p>- a</p>"]
)
def test_what_cannot_be_said_without_tags_is_shown_with_them(source: str):
    assert as_typed(source) == source
    assert as_html(source) == source


@pytest.mark.parametrize(
    "sly",
    [
        "<script>alert(1)</script>",
        "<p onclick=x>a</p><img src=x onerror=alert(1)>",
        "**<svg/onload=alert(1)>**",
        '<p>"<a href="javascript:x">b</a>"</p>',
    ],
)
def test_nothing_that_runs_comes_through(sly: str):
    html = as_html(sly)
    assert not any(f"<{tag}" in html for tag in ("script", "img", "svg", "a "))
    assert "<p onclick" not in html


def test_nothing_is_nothing():
    assert as_html("  \n ") == as_typed("") == ""
