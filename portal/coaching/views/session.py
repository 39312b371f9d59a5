"""One session: its page, and what the two do on it before, during and after."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.coaching.actions import agenda as agendas
from portal.coaching.actions.meeting import (
    NoteChangedMeanwhile,
    acknowledge_summary,
    agree_action,
    begin_session,
    close_session,
    save_private_note,
    save_reflection,
    save_shared_note,
    settle_action,
)
from portal.coaching.forms.talk import AcknowledgeForm, ActionForm, NoteForm, TopicForm
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.session_page import session_page
from portal.coaching.queries.sessions import sessions_visible_to
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission

_SETTLED = ("done", "dropped", "open")
_CHANGES: dict[str, Callable[[FeedbackSession, int], None]] = {
    "off": lambda session, line: agendas.take_off(session, line, at=now()),
    "back": agendas.put_back,
    "up": partial(agendas.move_line, places=-1),
    "down": partial(agendas.move_line, places=1),
}


@require_GET
@requires(Permission.LEARN)
def session(request: HttpRequest, session: UUID) -> HttpResponse:
    """Show a session to one of its two people."""
    return _page(request, _own(request, session))


@require_GET
@requires(Permission.LEARN)
def live(request: HttpRequest, session: UUID) -> HttpResponse:
    """Answer a script with what the other one changed, or with nothing where all is as it was."""
    page = session_page(_own(request, session), request.user, now=now())
    if request.GET.get("seen") == page.fingerprint:
        return HttpResponse(status=204)
    return render(request, "coaching/components/live.html", {"page": page})


@require_POST
@requires(Permission.LEARN)
def begin(request: HttpRequest, session: UUID) -> HttpResponse:
    """Begin the session."""
    found = _own(request, session)
    try:
        begin_session(found.pk, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def close(request: HttpRequest, session: UUID) -> HttpResponse:
    """Say that it was held, or that it did not happen."""
    found, took_place = _own(request, session), request.POST.get("took_place") != "no"
    try:
        close_session(found.pk, took_place=took_place, by=request.user, at=now())
        said = _("Closed. Both of you get what you agreed by mail.")
        messages.success(request, said if took_place else _("Noted. You can plan another time."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def agenda(request: HttpRequest, session: UUID) -> HttpResponse:
    """Add a topic, or take a line off, put it back, or move it."""
    found = _own(request, session)
    if "add" in request.POST:
        form = TopicForm(request.POST)
        if not form.is_valid():
            return _page(request, found, topic_form=form, status=422)
        words = form.cleaned_data["words"]
        _or_say_why(request, agendas.add_topic, found, words=words, by=request.user, at=now())
        return redirect("coaching:session", found.pk)
    what, _sep, line = request.POST.get("line", "").partition(":")
    if not line.isdecimal() or what not in _CHANGES:
        raise Http404
    is_done = _or_say_why(request, _CHANGES[what], found, int(line))
    if is_done and what == "off":
        # The button belongs to the form "back" of the page that comes next.
        undo = '{} <button class="btn btn-sm" form="back" name="line" value="back:{}">{}</button>'
        messages.success(request, format_html(undo, _("Taken off the agenda."), line, _("Undo")))
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def notes(request: HttpRequest, session: UUID, which: str) -> HttpResponse:
    """Save the shared note, one's own private one, or the agent's thoughts before."""
    found, form = _own(request, session), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note_form=form, which=which, status=422)
    text, who = form.cleaned_data["text"], {"by": request.user, "at": now()}
    try:
        if which == "private":
            save_private_note(found.pk, text, **who)
        elif which == "reflection":
            save_reflection(found.pk, text, **who)
        else:
            version = form.cleaned_data["version"] or 0
            save_shared_note(found.pk, text, version=version, **who)
    except NoteChangedMeanwhile as clash:
        return _page(request, found, clash=clash, typed=text, status=409)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def actions(request: HttpRequest, session: UUID) -> HttpResponse:
    """Write down something agreed."""
    found = _own(request, session)
    today = local_date(now(), request.user.time_zone)
    form = ActionForm(request.POST, session=found, viewer=request.user, today=today)
    if not form.is_valid():
        return _page(request, found, action_form=form, status=422)
    agreed = form.cleaned_data
    _or_say_why(request, agree_action, found.pk, **agreed, by=request.user, at=now())
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def settle(request: HttpRequest, session: UUID, action: int) -> HttpResponse:
    """Mark something agreed as done, dropped together, or open again."""
    found, state = _own(request, session), request.POST.get("state", "")
    if state not in _SETTLED:
        raise Http404
    settle_action(found.pk, action, state=state, by=request.user, at=now())
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def acknowledge(request: HttpRequest, session: UUID) -> HttpResponse:
    """Take what the agent says to the summary."""
    found, form = _own(request, session), AcknowledgeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, acknowledge_form=form, status=422)
    said = form.cleaned_data
    if _or_say_why(request, acknowledge_summary, found.pk, **said, by=request.user, at=now()):
        messages.success(request, _("Thank you. Your lead can see that you read it."))
    return redirect("coaching:session", found.pk)


def _own(request: HttpRequest, session: UUID) -> FeedbackSession:
    found = sessions_visible_to(request.user).select_related("lead", "agent", "series")
    return get_object_or_404(found, pk=session)


def _or_say_why(
    request: HttpRequest, action: Callable[..., object], *args: object, **details: object
) -> bool:
    """Do it, or say why it was refused; return whether it was done."""
    try:
        action(*args, **details)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    return True


def _page(
    request: HttpRequest, found: FeedbackSession, *, status: int = 200, **extra: object
) -> HttpResponse:
    page = session_page(found, request.user, now=now())
    context = {
        "page": page,
        "topic_form": TopicForm(),
        "action_form": ActionForm(session=found, viewer=request.user, today=page.today),
        "acknowledge_form": AcknowledgeForm(),
        "clash": None,
        "typed": "",
        "note_form": None,
        "which": "",
        **extra,
    }
    return render(request, "coaching/session.html", context, status=status)
