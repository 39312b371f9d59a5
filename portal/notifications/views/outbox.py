"""The outbox: what was sent to whom, what is held up, and sending a mail again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import resend, resend_address, why_not_resend
from portal.notifications.forms import OutboxFilter
from portal.notifications.models import OutgoingEmail
from portal.notifications.queries.outbox import (
    MailStory,
    mail_story,
    oldest_late_email,
    outbox_page,
)
from portal.people.models import User
from portal.people.permissions import Permission

# A mail brings its own styles. It is shown in a sandbox that runs nothing and loads nothing.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
)


@requires(Permission.SEE_MAIL)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List mails, newest first, by state and address."""
    wanted = OutboxFilter(request.GET).wanted
    context = {
        "page": outbox_page(request.user, **wanted),
        "wanted": wanted,
        "late": oldest_late_email(request.user, now=now()),
    }
    return render(request, "notifications/outbox.html", context)


@requires(Permission.SEE_MAIL)
@require_safe
def mail(request: HttpRequest, email_id: UUID) -> HttpResponse:
    """Show one mail: where it stands, each try, and what it said."""
    story = _story_or_404(request.user, email_id)
    context = {"story": story, "email": story.email, "why_not_resend": why_not_resend(story.email)}
    return render(request, "notifications/mail.html", context)


@requires(Permission.SEE_MAIL)
@require_safe
@xframe_options_sameorigin
def mail_body(request: HttpRequest, email_id: UUID) -> HttpResponse:
    """Return a mail's HTML as it was sent, for the frame on its page."""
    story = _story_or_404(request.user, email_id)
    if story.is_secret or not story.email.body_html:
        raise Http404
    response = HttpResponse(story.email.body_html)
    response["Content-Security-Policy"] = _MAIL_POLICY
    return response


@requires(Permission.RESEND_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, email_id: UUID) -> HttpResponse:
    """Ask, and on POST send a mail again."""
    story = _story_or_404(request.user, email_id)
    if request.method != "POST":
        context = {
            "story": story,
            "email": story.email,
            "address": resend_address(story.email),
            "why_not_resend": why_not_resend(story.email),
        }
        return render(request, "notifications/send_again.html", context)
    try:
        again = resend(story.email, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("notifications:mail", email_id)
    messages.success(request, _("On its way to %(address)s.") % {"address": again.to_address})
    return redirect("notifications:mail", again.pk)


def _story_or_404(viewer: User, email_id: UUID) -> MailStory:
    try:
        return mail_story(viewer, email_id)
    except OutgoingEmail.DoesNotExist:
        raise Http404 from None
