"""The small drawings of the design as SVG: icons, ripples, pips and rings."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

PIPS = 5
RINGS = 4


@lru_cache(maxsize=512)
def draw_icon(name: str, size: str = "") -> SafeString:
    """Return an icon of the sprite; `size` is "" or "lg"."""
    html = '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(html, f" i-{size}" if size else "", static("img/icons.svg"), name)


@lru_cache
def draw_ripples(rings: int = RINGS) -> SafeString:
    """Return the motif, two people coming into tune, with so many rings around each."""
    return format_html(
        '<svg class="ripples" viewBox="0 0 320 180" aria-hidden="true" '
        'preserveAspectRatio="xMidYMid slice">{}{}</svg>',
        _person("ra", 118, rings),
        _person("rb", 202, rings),
    )


@lru_cache
def draw_pips(kind: str, value: int) -> SafeString:
    """Return five growing pips of which `value` are filled; `kind` is "trust" or "distress"."""
    shapes = ((_full_pip if place < value else _empty_pip)(place) for place in range(PIPS))
    return format_html(
        '<svg class="pips pips-{}" viewBox="0 0 76 12" aria-hidden="true">{}</svg>',
        kind,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def draw_ring(percent: int, *, text: str = "", label: str = "", size: str = "") -> SafeString:
    """Return a ring filled to `percent`, with `text` in it and `label` for who cannot see it."""
    return format_html(
        '<svg class="ring{}" viewBox="0 0 64 64" role="img" aria-label="{}">'
        '<circle cx="32" cy="32" r="27"/>{}<text x="32" y="38">{}</text></svg>',
        f" ring-{size}" if size else "",
        label or _("%(percent)d%% complete") % {"percent": percent},
        _arc(percent) if percent else "",
        text or f"{percent}%",
    )


@lru_cache(maxsize=1024)
def draw_interval(low: int, mean: int, high: int, target: int) -> SafeString:
    """Return an estimate with its likely range and a target, in percent; text must stand beside."""
    html = (
        '<svg class="ci" aria-hidden="true">'
        '<rect class="ci-track" x="0" y="11" width="100%" height="10" rx="5"/>'
        '<rect class="ci-band" x="{}%" y="11" width="{}%" height="10" rx="5"/>'
        '<line class="ci-target" x1="{}%" x2="{}%" y1="4" y2="28"/>'
        '<circle class="ci-dot" cx="{}%" cy="16" r="8"/></svg>'
    )
    return format_html(html, low, high - low, target, target, mean)


@lru_cache(maxsize=4)
def draw_confidence(dots: int) -> SafeString:
    """Return three dots of which `dots` are filled: how sure we are."""
    shapes = format_html_join(
        "",
        '<circle cx="{}" cy="3" r="{}" class="{}"/>',
        (
            (3 + 8 * place, *(("2.6", "on") if place < dots else ("2.1", "off")))
            for place in range(3)
        ),
    )
    html = '<svg class="conf" viewBox="0 0 22 6" aria-hidden="true">{}</svg>'
    return format_html(html, shapes)


def _person(name: str, x: int, rings: int) -> SafeString:
    circles = format_html_join(
        "",
        '<circle cx="{}" cy="90" r="{}" stroke-opacity="{}"/>',
        ((x, 22 * (number + 1), round(0.95 - 0.75 * number / rings, 2)) for number in range(rings)),
    )
    html = '<g class="{}">{}<circle class="core" cx="{}" cy="90" r="8"/></g>'
    return format_html(html, name, circles, x)


def _full_pip(place: int) -> SafeString:
    html = '<rect class="pip-on" x="{}" y="{}" width="12" height="{}" rx="2.5"/>'
    return format_html(html, 16 * place, round(3 - 0.7 * place, 1), round(6 + 1.4 * place, 1))


def _empty_pip(place: int) -> SafeString:
    html = '<rect class="pip-off" x="{}" y="{}" width="10.5" height="{}" rx="2"/>'
    top, height = round(3.5 - 0.7 * place, 1), round(5 + 1.4 * place, 1)
    return format_html(html, 16 * place + 0.75, top, height)


def _arc(percent: int) -> SafeString:
    return format_html(
        '<circle class="on" cx="32" cy="32" r="27" pathLength="100" '
        'stroke-dasharray="{} 100" transform="rotate(-90 32 32)"/>',
        percent,
    )
