"""Typed replies after they were sent: reports about the coach, and marks of one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.actions.coach import (
    NothingToMark,
    NothingToReport,
    mark_own_reply,
    report_observation,
    settle_report,
)
from assessments.forms.coach import CoachReportForm, OwnMarksForm
from assessments.models import Attempt, CoachReport
from assessments.queries.answers import own_attempts
from assessments.queries.coach_reports import coach_reports
from assessments.queries.debrief import debrief_of
from courses.models import ActivityKind
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.requests import is_fetched
from portal.people.permissions import Permission


@require_POST
@requires(Permission.LEARN)
def report(request: HttpRequest, attempt: UUID, seq: int) -> HttpResponse:
    """Take that an observation on one's own reply is wrong."""
    found = _own_run(request, attempt)
    form = CoachReportForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "attempt": found, "back": _back(found)}
        return render(request, "assessments/report_coach.html", context, status=422)
    try:
        report_observation(found.pk, seq=seq, by=request.user, at=now(), **form.cleaned_data)
    except NothingToReport:
        raise Http404 from None
    messages.success(request, _("Thank you. Our authors will look at that rule."))
    return redirect(_back(found))


@require_POST
@requires(Permission.LEARN)
def mark(request: HttpRequest, attempt: UUID, seq: int) -> HttpResponse:
    """Keep how near somebody finds their own reply to each of the panel's."""
    found = _own_run(request, attempt)
    own = debrief_of(found).own_words(seq) if found.has_ended else None
    form = OwnMarksForm(request.POST, replies=[one.key for one in own.models] if own else [])
    if own is None or not form.is_valid():
        raise Http404
    try:
        mark_own_reply(found.pk, seq=seq, marks=form.marks, by=request.user, at=now())
    except NothingToMark:
        raise Http404 from None
    return HttpResponse(status=204) if is_fetched(request) else redirect(_back(found))


@require_GET
@requires(Permission.SEE_CONTENT)
def reports(request: HttpRequest) -> HttpResponse:
    """List what people found wrong about the coach, by rule."""
    is_settled = request.GET.get("state") == "settled"
    context = {"rules": coach_reports(is_settled=is_settled), "is_settled": is_settled}
    return render(request, "assessments/coach_reports.html", context)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def settle(request: HttpRequest, report: int) -> HttpResponse:
    """Say that a report is dealt with, or open it again."""
    try:
        settle_report(report, is_settled="reopen" not in request.POST, by=request.user, at=now())
    except CoachReport.DoesNotExist:
        raise Http404 from None
    return redirect("assessments:coach-reports")


def _own_run(request: HttpRequest, attempt: UUID) -> Attempt:
    runs = own_attempts(request.user).filter(activity__kind=ActivityKind.SCENARIO)
    return get_object_or_404(runs, pk=attempt)


def _back(attempt: Attempt) -> str:
    name = "debrief" if attempt.has_ended else "play-scenario"
    return reverse(f"assessments:{name}", args=[attempt.pk])
