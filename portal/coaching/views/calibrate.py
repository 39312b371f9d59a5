"""Calibration rounds: the list, opening one, rating blind, comparing and agreeing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.coaching.actions.calibrating import agree_on, open_round, rate_blind, show_ratings
from portal.coaching.forms.calibrate import AgreedForm, MarkForm, RoundForm
from portal.coaching.models import CalibrationRound
from portal.coaching.queries.calibration import (
    RoundPage,
    round_list,
    round_page,
    rounds_visible_to,
)
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_safe
@requires(Permission.LEAD_SESSIONS)
def calibrations(request: HttpRequest) -> HttpResponse:
    """Show the rounds one takes part in."""
    return render(request, "coaching/calibrations.html", {"rows": round_list(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEAD_SESSIONS)
def open_calibration(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    form = RoundForm(request.POST if request.method == "POST" else None, viewer=request.user)
    if form.is_valid():
        opened = open_round(**form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Opened. Everybody who rates gets a mail."))
        return redirect("coaching:calibration", opened.pk)
    status = 422 if form.is_bound else 200
    return render(request, "coaching/open_calibration.html", {"form": form}, status=status)


@require_safe
@requires(Permission.LEAD_SESSIONS)
def calibration(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show a round as far as its state lets one see."""
    return _page(request, _own(request, round_id))


@require_POST
@requires(Permission.LEAD_SESSIONS)
def rate_calibration(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Keep somebody's ratings."""
    page = _own(request, round_id)
    form = MarkForm(request.POST, framed=page.framed)
    if not form.is_valid():
        return _page(request, page, mark_form=form, status=422)
    try:
        rate_blind(page.round.pk, form.heard, by=request.user, at=now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, page, mark_form=form, status=422)
    messages.success(request, _("Kept. You see the others’ ratings once the host shows them."))
    return redirect("coaching:calibration", page.round.pk)


@require_POST
@requires(Permission.LEAD_SESSIONS)
def show_calibration(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show all ratings to all raters."""
    page = _own(request, round_id)
    try:
        show_ratings(page.round.pk, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:calibration", page.round.pk)


@require_POST
@requires(Permission.LEAD_SESSIONS)
def agree_calibration(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Keep what was agreed on."""
    page = _own(request, round_id)
    form = AgreedForm(request.POST, framed=page.framed)
    if not form.is_valid():
        return _page(request, page, agreed_form=form, status=422)
    try:
        agree_on(page.round.pk, form.agreed, by=request.user, at=now())
        messages.success(request, _("Kept. Everybody who rates these behaviors sees the examples."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("coaching:calibration", page.round.pk)


def _own(request: HttpRequest, round_id: UUID) -> RoundPage:
    rounds = rounds_visible_to(request.user).select_related("host", "frame")
    found: CalibrationRound = get_object_or_404(rounds, pk=round_id)
    return round_page(found, request.user)


def _page(
    request: HttpRequest, page: RoundPage, *, status: int = 200, **forms: object
) -> HttpResponse:
    initial = {
        key: value
        for row in page.rows
        if row.agreed
        for key, value in (
            (row.behaviour.code, str(row.agreed.rating)),
            (f"{row.behaviour.code}_words", row.agreed.words),
        )
    }
    context = {
        "page": page,
        "mark_form": MarkForm(framed=page.framed),
        "agreed_form": AgreedForm(framed=page.framed, initial=initial),
        **forms,
    }
    return render(request, "coaching/calibration.html", context, status=status)
