"""Addresses of pages, as `reverse` gives them, at a fraction of its cost."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import (
    NoReverseMatch,
    URLResolver,
    get_resolver,
    get_script_prefix,
    get_urlconf,
    reverse,
)

_WORD = re.compile(r"[-a-zA-Z0-9_]+")
# What each kind of value looks like while the shape of an address is looked up.
_STAND_INS: Mapping[type, str] = {
    int: "123456789{}",
    str: "stand-in-{}",
    UUID: "12345678-1234-5678-1234-56781234567{}",
}
# The resolver and the prefix of the addresses of this moment.
Site = tuple[URLResolver, str]
# One for each site, page and kinds of values.
_SHAPES: dict[tuple[Any, ...], str | None] = {}


def reverse_quickly(
    name: str,
    args: Sequence[Any] = (),
    kwargs: dict[str, Any] | None = None,
    *,
    site: Site | None = None,
) -> str:
    """Return what `reverse` returns, for addresses made with `path()`.

    The shape of an address is looked up once for numbers, UUIDs and plain words; all else is left
    to `reverse`, the errors too. Who asks for many gives the site, which takes a while to find.
    """
    kwargs = kwargs or {}
    values = [*args, *kwargs.values()]
    kinds = tuple(kind for value in values if (kind := _kind(value)))
    if len(kinds) < len(values):
        return reverse(name, args=args, kwargs=kwargs)
    key = (site or current_site(), name, kinds, *kwargs)
    if key not in _SHAPES:
        _SHAPES[key] = _shape(name, kinds, tuple(kwargs))
    shape = _SHAPES[key]
    if shape is None:
        return reverse(name, args=args, kwargs=kwargs)
    return shape % tuple(map(str, values)) if values else shape


def current_site() -> Site:
    """Return what addresses depend on besides their own values."""
    return get_resolver(get_urlconf()), get_script_prefix()


def _kind(value: Any) -> type | None:
    """Return how a value goes into an address, or None when that takes a closer look."""
    if isinstance(value, str):
        return str if _WORD.fullmatch(value) else None
    if type(value) is int:
        return int if value >= 0 else None
    return UUID if type(value) is UUID else None


def _shape(name: str, kinds: Sequence[type], names: Sequence[str]) -> str | None:
    """Return an address with "%s" for each value in their order, or None if there is no such."""
    stand_ins = [_STAND_INS[kind].format(place) for place, kind in enumerate(kinds)]
    values = [kind(text) for kind, text in zip(kinds, stand_ins, strict=True)]
    try:
        address = (
            reverse(name, kwargs=dict(zip(names, values, strict=True)))
            if names
            else reverse(name, args=values)
        )
    except NoReverseMatch:
        return None
    places = [address.find(text) for text in stand_ins]
    if -1 in places or places != sorted(places):
        return None
    if not values:
        return address
    address = address.replace("%", "%%")
    for text in stand_ins:
        address = address.replace(text, "%s", 1)
    return address
