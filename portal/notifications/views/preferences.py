"""Which mails a person gets, and turning one kind off straight from a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.kit.clock import now
from portal.notifications.actions.preferences import choose_mails
from portal.notifications.actions.preferences import unsubscribe as turn_off
from portal.notifications.forms import MailPreferences
from portal.notifications.kinds import MailKind, all_kinds, find_kind
from portal.notifications.links import read_unsubscribe_token
from portal.notifications.queries.preferences import mail_options
from portal.people.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Let a person choose among the optional mails."""
    if request.method == "POST":
        form = MailPreferences(request.POST)
        if form.is_valid():
            choose_mails(request.user, wanted=form.cleaned_data["wanted"], at=now())
            messages.success(request, _("Your choice is saved."))
        return redirect("notifications:preferences")
    context = {
        "options": mail_options(request.user),
        "always": [kind for kind in all_kinds() if not kind.is_optional],
    }
    return render(request, "notifications/preferences.html", context)


@csrf_exempt  # mail programs post here on a click (RFC 8058); the signed link is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST turn one kind of mail off, without signing in and without a redirect."""
    found = _read(token)
    if found is None:
        return render(request, "notifications/unsubscribe.html", {"is_broken": True}, status=404)
    user, kind = found
    is_done = request.method == "POST"
    if is_done:
        turn_off(user, kind.name, at=now())
    context = {"kind": kind, "token": token, "is_done": is_done}
    return render(request, "notifications/unsubscribe.html", context)


def _read(token: str) -> tuple[User, MailKind] | None:
    try:
        user_id, kind_name = read_unsubscribe_token(token)
    except BadSignature:
        return None
    user, kind = User.objects.filter(pk=user_id).first(), find_kind(kind_name)
    return (user, kind) if user and kind and kind.is_optional else None
