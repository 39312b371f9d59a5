"""The tags of the design, as templates use them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone

from courses.models.course import SKILL_NAMES
from portal.kit.templatetags.attune import SKILLS

SPRITE = settings.BASE_DIR / "static" / "img" / "icons.svg"
EAR = '<svg class="i" aria-hidden="true"><use href="/static/img/icons.svg#ear"/></svg>'


def render(source: str, **context: object) -> str:
    """Render a template that has loaded our tags."""
    return Template("{% load attune %}" + source).render(Context(context))


class Wish(forms.Form):
    name = forms.CharField(help_text="As on your badge.")
    shift = forms.ChoiceField(choices=[("early", "Early"), ("late", "Late")])
    mode = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    tell = forms.BooleanField(required=False)
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"class": "private", "placeholder": "Note"})
    )


def test_an_icon_points_into_the_sprite():
    assert render('{% icon "ear" %}') == EAR
    assert render('{% icon "ear" "lg" %}') == EAR.replace('class="i"', 'class="i i-lg"')


def test_an_icon_whose_name_comes_from_outside_cannot_break_out():
    assert "<script>" not in render("{% icon name %}", name='"><script>')


def test_a_chip_names_the_skill_and_a_glyph_leaves_that_to_the_words_beside_it():
    chip = f'<span class="skill" data-skill="listening">{EAR}Active Listening</span>'
    assert render('{% skill_chip "listening" %}') == chip
    glyph = f'<span class="glyph" data-skill="listening">{EAR}</span>'
    assert render('{% skill_glyph "listening" %}') == glyph
    small = glyph.replace("glyph", "glyph glyph-sm", 1)
    assert render('{% skill_glyph "listening" "sm" %}') == small
    assert render('{{ "eq"|skill_name }}') == "Emotional Intelligence"


def test_no_skill_of_its_own_stands_for_all_five():
    assert "All five skills" in render('{% skill_chip "" %}')
    assert 'data-skill=""' in render('{% skill_glyph "" %}')
    assert render('{{ ""|skill_name }}') == "All five skills"


def test_the_skills_are_those_of_the_curriculum_in_its_order():
    shown = {skill: str(name) for skill, (_, name) in SKILLS.items()}
    assert list(shown.items()) == [(skill.value, str(name)) for skill, name in SKILL_NAMES.items()]


def test_every_skill_has_its_icon_in_the_sprite():
    sprite = ElementTree.parse(SPRITE)  # noqa: S314  (our own file)
    symbols = {symbol.get("id") for symbol in sprite.getroot()}
    assert {symbol for symbol, _ in SKILLS.values()} - symbols == set()


def test_ripples_fade_outwards():
    svg = ElementTree.fromstring(render("{% ripples 2 %}"))  # noqa: S314  (our own drawing)
    rings = [
        (circle.get("cx"), circle.get("r"), circle.get("stroke-opacity"))
        for circle in svg.iter("circle")
    ]
    assert rings == [
        ("118", "22", "0.95"),
        ("118", "44", "0.57"),
        ("118", "8", None),
        ("202", "22", "0.95"),
        ("202", "44", "0.57"),
        ("202", "8", None),
    ]


def test_pips_fill_up_to_the_value_and_grow():
    svg = ElementTree.fromstring(render('{% pips "trust" 2 %}'))  # noqa: S314  (our own drawing)
    shapes = [(rect.get("class"), float(rect.get("height", 0))) for rect in svg.iter("rect")]
    assert svg.get("class") == "pips pips-trust"
    assert shapes == [
        ("pip-on", 6.0),
        ("pip-on", 7.4),
        ("pip-off", 7.8),
        ("pip-off", 9.2),
        ("pip-off", 10.6),
    ]


def test_a_ring_says_how_full_it_is():
    svg = ElementTree.fromstring(render("{% ring 46 %}"))  # noqa: S314  (our own drawing)
    arc = svg.find("circle[@class='on']")
    assert (svg.get("aria-label"), svg.findtext("text")) == ("46% complete", "46%")
    assert arc is not None
    assert arc.get("stroke-dasharray") == "46 100"


def test_an_empty_ring_has_no_arc():
    assert ElementTree.fromstring(render("{% ring 0 %}")).find("circle[@class='on']") is None  # noqa: S314  (our own drawing)


def test_a_ring_takes_other_words():
    ring = '{% ring 80 text="4 / 5" label="4 of 5" size="lg" %}'
    svg = ElementTree.fromstring(render(ring))  # noqa: S314  (our own drawing)
    shown = (svg.get("class"), svg.get("aria-label"), svg.findtext("text"))
    assert shown == ("ring ring-lg", "4 of 5", "4 / 5")


def test_a_due_date_is_an_icon_and_words_colored_by_how_pressing_it_is():
    monday = date(2026, 11, 23)
    overdue = render("{% due_status day today %}", day=date(2026, 11, 20), today=monday)
    later = render("{% due_status day today %}", day=date(2026, 12, 18), today=monday)
    assert overdue.startswith('<span class="status status-danger"><svg')
    assert overdue.endswith("</svg>Overdue by 3 days</span>")
    assert later.startswith('<span class="status"><svg')
    assert render("{{ day|due_label:today }}", day=monday, today=monday) == "Due today"


def test_times_are_shown_in_the_active_zone():
    at = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)
    with timezone.override("America/New_York"):
        assert render("{{ at|when }}", at=at) == "Wednesday 25 Nov, 8:30 pm EST"
        assert render('{{ at|date_in_zone|date:"Y-m-d" }}', at=at) == "2026-11-25"
        assert render('{% greeting "Priya" at %}', at=at) == "Good evening, Priya"
    with timezone.override("Asia/Manila"):
        assert render('{% greeting "Priya" at %}', at=at) == "Good morning, Priya"


def test_words_of_dates_spans_and_names():
    assert render("{{ day|weekday_date }}", day=date(2026, 11, 27)) == "Friday 27 November"
    assert render("{{ 65|duration_minutes }}") == "1 h 5 min"
    assert render('{{ "Priya Raman"|initials }}') == "PR"


@pytest.mark.parametrize(
    ("own", "cookie", "shown"),
    [
        ("dark", "light", "dark"),
        (None, "light", "light"),
        (None, "dark", "dark"),
        (None, None, "auto"),
        (None, '"><script>', "auto"),
    ],
)
def test_the_theme_is_the_readers_own_or_else_the_cookies(own, cookie, shown):
    user = SimpleNamespace(is_authenticated=own is not None, theme=own)
    cookies = {"theme": cookie} if cookie else {}
    request = SimpleNamespace(user=user, COOKIES=cookies)
    assert render("{% theme %}", request=request) == shown


def test_the_theme_needs_no_request_on_the_page_of_last_resort():
    assert render("{% theme %}") == "auto"


def test_each_kind_of_field_has_its_look_and_no_placeholder():
    form = Wish()
    shown = {name: render("{% widget field %}", field=form[name]) for name in form.fields}
    assert 'class="form-control"' in shown["name"]
    assert 'class="form-select"' in shown["shift"]
    assert 'class="form-check-input"' in shown["tell"]
    assert 'class="form-control private"' in shown["note"]
    assert "placeholder" not in shown["note"]


def test_a_field_with_an_error_looks_and_sounds_like_it():
    html = render("{% widget field %}", field=Wish({})["name"])
    assert 'class="form-control is-invalid"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_the_kind_of_a_field_decides_its_layout():
    form = Wish()
    kinds = {name: render("{{ field|field_kind }}", field=form[name]) for name in form.fields}
    assert kinds == {
        "name": "input",
        "shift": "input",
        "mode": "options",
        "tell": "check",
        "note": "input",
    }


def test_each_option_of_a_list_is_rendered_in_our_look():
    source = "{% for option in field %}{% option_input option %}{% endfor %}"
    html = render(source, field=Wish()["mode"])
    assert html.count('type="radio"') == html.count('class="form-check-input"') == 2
