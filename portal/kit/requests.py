"""What a request says about who sent it."""

from django.http import HttpRequest


def is_fetched(request: HttpRequest) -> bool:
    """Whether a page's script sent this and swaps what it gets into the page."""
    return request.headers.get("X-Requested-With") == "fetch"
