"""Where a page of a list starts, from its address and back into one."""

from django.http import HttpRequest

_LONGEST_ID = 18


def place(request: HttpRequest, name: str) -> int | None:
    """Return the id in a parameter such as `?after=42`; nonsense means the first page."""
    value = request.GET.get(name, "")
    return (
        int(value) if value.isascii() and value.isdecimal() and len(value) <= _LONGEST_ID else None
    )


def without_place(request: HttpRequest) -> str:
    """Return the other parameters of the address, ready for one more: `q=ana&role=lead&`."""
    others = request.GET.copy()
    for name in ("before", "after"):
        others.pop(name, None)
    return f"{others.urlencode()}&" if others else ""
