"""Templates of ours may not show what nobody gave them; those of others may."""

import pytest
from django.template import Context, engines

from tests.support.strictness import TEMPLATES, RefuseUndefined, UndefinedVariable


@pytest.fixture
def render(tmp_path, monkeypatch):
    """A function that renders a template as ours or as another package's."""

    def render(source: str, folder: str, **context: object) -> str:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "page.html").write_text(source)
        monkeypatch.setattr("tests.support.strictness.TEMPLATES", tmp_path / "ours")
        engine = engines["django"].engine
        monkeypatch.setattr(engine, "dirs", [tmp_path / folder])
        for loader in engine.template_loaders:
            loader.reset()
        return engine.get_template("page.html").render(Context(context))

    yield render
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


def test_an_undefined_variable_in_our_template_raises(render):
    with pytest.raises(UndefinedVariable, match=r"page\.html shows \{\{ person\.name \}\}"):
        render("Hello {{ person.name }}", "ours")


def test_a_filter_does_not_hide_it(render):
    with pytest.raises(UndefinedVariable):
        render("Hello {{ name|default:'you' }}", "ours")


def test_one_may_ask_whether_there_is_something(render):
    assert render("{% if name %}{{ name }}{% else %}nobody{% endif %}", "ours") == "nobody"


def test_what_is_given_is_shown(render):
    assert render("Hello {{ name }}", "ours", name="Priya") == "Hello Priya"


def test_templates_of_others_print_nothing(render):
    assert render("Hello {{ name }}", "theirs") == "Hello "


def test_the_tests_use_it():
    assert isinstance(engines["django"].engine.string_if_invalid, RefuseUndefined)
    assert TEMPLATES.is_dir()


def test_an_included_template_is_told_from_the_page_around_it(render, tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "part.html").write_text("{{ name }}")
    with pytest.raises(UndefinedVariable, match=r"part\.html shows \{\{ name \}\}"):
        render("{% include 'part.html' %}", "ours")
