"""Reading what a page says."""

from django.http import HttpResponse


def html_of(response: HttpResponse) -> str:
    """Return the HTML of an answer with white space squeezed."""
    return " ".join(response.content.decode().split())
