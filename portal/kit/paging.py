"""Lists in numbered pages: which one an address asks for."""

from django.http import HttpRequest

FURTHEST = 10_000
_DIGITS = 5


def page_number(request: HttpRequest) -> int:
    """Return the number after `page=`, from 1; 1 for whatever makes no sense."""
    asked = request.GET.get("page", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS
    return min(max(1, int(asked)), FURTHEST) if is_number else 1


def without_page(request: HttpRequest) -> str:
    """Return the rest of the query, to put a page's number after it."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""
