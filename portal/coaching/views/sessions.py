"""The list of sessions, and giving one a time: ask, plan, move, answer, call off."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.coaching.actions.repeating import end_series, plan_series
from portal.coaching.actions.scheduling import (
    answer_invitation,
    ask_for_session,
    cancel_session,
    hand_over_session,
    move_session,
    plan_session,
)
from portal.coaching.forms.meeting import OTHER, USUAL_LENGTH, MeetingForm, WhoForm
from portal.coaching.forms.talk import AnswerForm, AskForm, CancelForm, HandOverForm
from portal.coaching.models import FeedbackSession, PrivateNote, SessionKind
from portal.coaching.queries.follow_up import numbers_of
from portal.coaching.queries.people import kind_of_meeting
from portal.coaching.queries.sessions import session_lists, sessions_visible_to
from portal.coaching.queries.slots import slots_for
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import colleagues_of, leads_of


@require_GET
@requires(Permission.LEARN)
def sessions(request: HttpRequest) -> HttpResponse:
    """Show one's own sessions and what is still to do from them."""
    viewer = request.user
    can_plan = viewer.may(Permission.LEAD_SESSIONS)
    context = {
        "lists": session_lists(viewer),
        "can_plan": can_plan,
        "can_meet": not can_plan and colleagues_of(viewer).exists(),
        "can_ask": leads_of(viewer).exists(),
        "can_oversee": viewer.may(Permission.OVERSEE_SESSIONS),
        "numbers": numbers_of(viewer, now=now()) if can_plan else None,
    }
    return render(request, "coaching/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def ask(request: HttpRequest) -> HttpResponse:
    """Let an agent ask a lead of theirs for a session."""
    form = AskForm(request.POST if request.method == "POST" else None, viewer=request.user)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "coaching/ask.html", {"form": form}, status=status)
    lead, topic = form.cleaned_data["lead"], form.cleaned_data["topic"]
    asked = ask_for_session(lead=lead, topic=topic, by=request.user, at=now())
    messages.success(request, _("Asked. %(name)s sees it now.") % {"name": lead.first_name})
    return redirect("coaching:session", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def plan(request: HttpRequest) -> HttpResponse:
    """Choose whom to meet, then when; both are invited and the agenda builds itself."""
    sent = request.POST if request.method == "POST" else request.GET or None
    who = WhoForm(sent, viewer=request.user)
    if not who.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "coaching/plan_who.html", {"form": who}, status=status)
    agent = who.cleaned_data["person"]
    kind = kind_of_meeting(request.user, agent)
    form = _meeting_form(request, request.user, agent, at=now())
    if form.is_valid():
        try:
            planned = _planned(form, kind, agent=agent, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Planned. Both of you get the invitation by mail."))
            return redirect("coaching:session", planned.pk)
    context = {"form": form, "agent": agent, "is_lead": kind == SessionKind.LEAD}
    return render(request, "coaching/plan.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def move(request: HttpRequest, session: UUID) -> HttpResponse:
    """Give a planned session another time or place."""
    found = _own(request, session, led=True)
    if not found.is_planned:
        return redirect("coaching:session", found.pk)
    form = _meeting_form(request, found.lead, found.agent, at=now(), initial=_as_it_is(found))
    if form.is_valid():
        try:
            move_session(found.pk, form.meeting, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Moved. Both of you get the new time by mail."))
            return redirect("coaching:session", found.pk)
    context = {"form": form, "agent": found.agent, "session": found}
    return render(request, "coaching/plan.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def cancel(request: HttpRequest, session: UUID) -> HttpResponse:
    """Ask whether to call a session off, and do it."""
    found = _own(request, session)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "session": found, "other": found.other(request.user)}
        return render(request, "coaching/cancel.html", context, status=422 if form.errors else 200)
    try:
        cancel_session(found.pk, words=form.cleaned_data["words"], by=request.user, at=now())
        messages.success(request, _("Called off."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:session", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def hand_over(request: HttpRequest, session: UUID) -> HttpResponse:
    """Ask which other lead takes a session, and give it to them."""
    found = _own(request, session, led=True)
    if found.is_between_peers:
        raise Http404
    form = HandOverForm(request.POST if request.method == "POST" else None, session=found)
    if form.is_valid():
        to = form.cleaned_data["lead"]
        try:
            hand_over_session(found.pk, to=to, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Handed over to %(name)s. All of you get it by mail.") % {"name": to}
            )
            return redirect("coaching:sessions")
    note = PrivateNote.objects.filter(session=found, author=request.user)
    context = {"form": form, "session": found, "note": note.values_list("text", flat=True).first()}
    status = 422 if form.is_bound else 200
    return render(request, "coaching/hand_over.html", context, status=status)


@require_POST
@requires(Permission.LEARN)
def stop_repeating(request: HttpRequest, session: UUID) -> HttpResponse:
    """End the series of a session; what is planned stays."""
    found = _own(request, session)
    try:
        end_series(found.pk, by=request.user, at=now())
        messages.success(request, _("It repeats no more. What is planned already stays."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:session", found.pk)


@require_POST
@requires(Permission.LEARN)
def answer(request: HttpRequest, session: UUID) -> HttpResponse:
    """Take the agent's answer to the invitation."""
    found = get_object_or_404(sessions_visible_to(request.user), pk=session, agent=request.user)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        errors = [error for field in form.errors.values() for error in field]
        messages.warning(request, errors[0])
        return redirect("coaching:session", found.pk)
    said = form.cleaned_data
    try:
        answer_invitation(found.pk, said["answer"], words=said["words"], by=request.user, at=now())
        messages.success(request, _("Saved. You can change it until the session begins."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:session", found.pk)


def _planned(
    form: MeetingForm, kind: SessionKind, *, agent: User, by: User, at: datetime
) -> FeedbackSession:
    who = {"agent": agent, "by": by}
    if weeks := form.cleaned_data["every_weeks"]:
        return plan_series(form.meeting, every_weeks=weeks, kind=kind, at=at, **who)
    return plan_session(form.meeting, kind=kind, at=at, **who)


def _own(request: HttpRequest, session: UUID, *, led: bool = False) -> FeedbackSession:
    found = sessions_visible_to(request.user).select_related("lead", "agent")
    if led:
        found = found.filter(lead=request.user)
    return get_object_or_404(found, pk=session)


def _meeting_form(
    request: HttpRequest,
    lead: User,
    agent: User,
    *,
    at: datetime,
    initial: dict[str, Any] | None = None,
) -> MeetingForm:
    data = request.POST if request.method == "POST" else None
    slots = slots_for(lead, agent, minutes=USUAL_LENGTH, now=at)
    chosen = data.get("slot") if data else (initial or {}).get("slot")
    if chosen and chosen != OTHER:
        slots = _with_chosen(slots, chosen)
    return MeetingForm(data, viewer=request.user, slots=slots, now=at, initial=initial)


def _with_chosen(slots: list[datetime], chosen: str) -> list[datetime]:
    """Keep a slot that was offered a while ago; whether it is still free is checked on saving."""
    try:
        moment = datetime.fromisoformat(chosen)
    except ValueError:
        return slots
    if moment.tzinfo is None or moment in slots:
        return slots
    return sorted([*slots, moment])


def _as_it_is(session: FeedbackSession) -> dict[str, Any]:
    starts_at = timezone.localtime(session.starts_at)
    return {
        "slot": session.proposed_at.isoformat() if session.proposed_at else OTHER,
        "day": None if session.proposed_at else starts_at.date(),
        "clock": None if session.proposed_at else starts_at.time(),
        "minutes": session.minutes,
        "place": session.place,
        "video_link": session.video_link,
        "word": session.word,
    }
