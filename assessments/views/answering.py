"""How a player's pages answer a script, which replays until acknowledged, and a plain form."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.kit.requests import is_fetched


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Acknowledge, and lead to another page."""
    if is_fetched(request):
        return HttpResponse(status=204, headers={"X-Go-To": url})
    return redirect(url)


def refused(request: HttpRequest, error: Exception, *, back: str, attempt: UUID) -> HttpResponse:
    """Say why an answer changed nothing, and show where things stand."""
    if is_fetched(request):
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    messages.warning(request, str(error))
    return redirect(back, attempt)
