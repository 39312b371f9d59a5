"""Answering an invitation straight from its mail: the signed link is the permission."""

from zoneinfo import ZoneInfo

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.coaching.actions.scheduling import answer_invitation
from portal.coaching.forms.talk import ReplyForm
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.slots import slots_for
from portal.coaching.reply_links import read_reply_token
from portal.kit.clock import now
from portal.kit.errors import Refusal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show when two people meet, never about what, and take the invited one's answer."""
    found, sequence = _read(token)
    if found is None:
        return render(request, "coaching/reply.html", {"is_broken": True}, status=404)
    reader = found.agent
    with (
        timezone.override(ZoneInfo(reader.time_zone)),
        translation.override(reader.language),
    ):
        return _answer(request, found, sequence)


def _answer(request: HttpRequest, found: FeedbackSession, sequence: int) -> HttpResponse:
    context = {"session": found, "is_old": sequence != found.sequence or not found.is_planned}
    if context["is_old"]:
        return render(request, "coaching/reply.html", context)
    slots = slots_for(found.lead, found.agent, minutes=found.minutes, now=now())
    form = ReplyForm(request.POST if request.method == "POST" else None, slots=slots)
    context["form"] = form
    if not form.is_valid():
        return render(request, "coaching/reply.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        context["answered"] = answer_invitation(
            found.pk,
            said["answer"],
            words=said["words"],
            proposed_at=form.proposed_at,
            by=found.agent,
            at=now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "coaching/reply.html", context, status=422)
    return render(request, "coaching/reply.html", context)


def _read(token: str) -> tuple[FeedbackSession | None, int]:
    try:
        pk, person, sequence = read_reply_token(token)
    except BadSignature:
        return None, 0
    sessions = FeedbackSession.objects.filter(pk=pk, agent=person, agent__is_active=True)
    return sessions.select_related("lead", "agent").first(), sequence
