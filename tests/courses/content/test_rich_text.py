"""Rich text: what stays, what goes, and the words inside it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from courses.content.rich_text import TAGS, CleanHtml, clean, plain


def test_allowed_tags_stay_and_everything_else_goes():
    html = clean(
        '<h2 id="x">Why</h2><p onclick="steal()" style="color:red">Say <b>this</b> '
        '<strong>now</strong>.</p><script>steal()</script><a href="javascript:steal()">here</a>'
        '<img src=x onerror="steal()"><ul><li>one<li>two</ul>'
    )

    assert html == (
        "<h2>Why</h2><p>Say this <strong>now</strong>.</p>here<ul><li>one</li><li>two</li></ul>"
    )


def test_clean_html_is_shown_without_escaping_again():
    html = clean("<p>Fish &amp; chips</p>")

    assert isinstance(html, CleanHtml)
    assert html.__html__() == "<p>Fish &amp; chips</p>"


def test_plain_text_has_a_line_for_each_paragraph_and_item():
    html = clean(
        "<h3>Do</h3><p>Wait\n  a   moment &amp; say <q>Go on.</q><br>Then</p><ol><li>x</ol>"
    )

    assert plain(html) == "Do\nWait a moment & say Go on.\nThen\nx"


@given(st.text())
def test_cleaning_twice_changes_nothing(source):
    assert clean(clean(source)) == clean(source)


@given(st.text(alphabet="<>/&;'\" =abhprcimgscriptonerror123", max_size=80))
def test_only_allowed_tags_without_attributes_survive(source):
    allowed = {f"<{slash}{tag}>" for tag in TAGS for slash in ("", "/")}

    assert set(re.findall("<[^>]*>", clean(source))) <= allowed
