"""The calendar feed: its page in one's profile, and the address that calendars read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.coaching.actions.feeding import close_feed, open_feed
from portal.coaching.feed_links import feed_link, read_feed_token
from portal.coaching.queries.feed import feed_of, feed_text, open_feed_by
from portal.kit.clock import now

_QUARTER_HOUR = 15 * 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_feed(request: HttpRequest) -> HttpResponse:
    """Show one's address, make a new one, or end it."""
    if request.method == "POST":
        if request.POST.get("do") == "close":
            close_feed(by=request.user, at=now())
            messages.success(request, _("Turned off. The address works no longer."))
        else:
            open_feed(by=request.user, at=now())
            messages.success(request, _("This is your address. An earlier one works no longer."))
        return redirect("coaching:my-feed")
    feed = feed_of(request.user)
    address = feed_link(feed) if feed else ""
    webcal = f"webcal://{address.partition('://')[2]}"
    return render(request, "coaching/my_feed.html", {"address": address, "webcal": webcal})


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Send the calendar of whoever the address was made for; the address is the permission."""
    try:
        found = open_feed_by(*read_feed_token(token))
    except BadSignature:
        found = None
    if found is None:
        raise Http404
    with translation.override(found.user.language):
        text = feed_text(found.user, now=now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="attune.ics"'
    response["Cache-Control"] = f"private, max-age={_QUARTER_HOUR}"
    return response
