"""Five minutes of practice with cards that come back, one at a time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from assessments.actions import refreshing
from assessments.forms.play import payload_of
from assessments.forms.refresh import GradeForm, ReviewForm, TurnForm
from assessments.models import CardKind, SpacedCard
from assessments.queries.refresher_cards import type_of
from assessments.queries.refresher_page import CardPage, card_page, told_page
from assessments.queries.refreshers import is_due, may_be_told, own_card, rest_of, session_of
from assessments.responses import InvalidResponse
from assessments.views.answering import go_to
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.kit.errors import Refusal
from portal.kit.requests import is_fetched
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def refresh(request: HttpRequest) -> HttpResponse:
    """Show the next card of today; without one, what comes next and when."""
    at = now()
    session = session_of(request.user, now=at)
    if session.left:
        return _show(request, card_page(session.left[0], session, today=_today(request)))
    context = {"rest": rest_of(request.user, now=at)}
    return render(request, "assessments/refresh_done.html", context)


@require_GET
@requires(Permission.LEARN)
def refresh_card(request: HttpRequest, card: int) -> HttpResponse:
    """Show one card: what its answer taught today, as it is asked, or that it is put away."""
    return _show_card(request, own_card_or_404(request, card))


@require_POST
@requires(Permission.LEARN)
def answer_card(request: HttpRequest, card: int) -> HttpResponse:
    """Keep the answer to a card with a key, and show what it teaches."""
    found, form = own_card_or_404(request, card), ReviewForm(request.POST)
    if found.kind == CardKind.RECALL or not form.is_valid():
        raise Http404
    payload = payload_of(type_of(found), request.POST)
    if "move" in request.POST and _is_open(request, found):
        return _with_step_moved(request, _as_asked(request, found), payload)
    try:
        refreshing.answer_card(
            card, number=form.cleaned_data["number"], payload=payload, by=request.user, at=now()
        )
    except InvalidResponse as error:
        page = _as_asked(request, found).with_answer(payload)
        return _show(request, page, status=422, error=gettext(str(error)))
    except Refusal as error:
        return _refused(request, error)
    return _after(request, card)


@require_POST
@requires(Permission.LEARN)
def turn_card(request: HttpRequest, card: int) -> HttpResponse:
    """Keep what somebody would say, and show the back of a card from memory."""
    found, form = own_card_or_404(request, card), TurnForm(request.POST)
    is_valid = form.is_valid()
    if found.kind != CardKind.RECALL or "number" in form.errors:
        raise Http404
    if not is_valid:
        typed = {"error": form.errors["text"][0], "typed": request.POST["text"]}
        return _show(request, _as_asked(request, found), status=422, **typed)
    number, words = form.cleaned_data["number"], form.cleaned_data["text"]
    try:
        refreshing.turn_card(card, number=number, words=words, by=request.user, at=now())
    except Refusal as error:
        return _refused(request, error)
    return _after(request, card)


@require_POST
@requires(Permission.LEARN)
def grade_card(request: HttpRequest, card: int) -> HttpResponse:
    """Keep how well somebody says they remembered a card without a key, and go on."""
    found, form = own_card_or_404(request, card), GradeForm(request.POST)
    if found.kind != CardKind.RECALL or not form.is_valid():
        raise Http404
    number, grade = form.cleaned_data["number"], form.cleaned_data["grade"]
    try:
        refreshing.grade_card(card, number=number, grade=grade, by=request.user, at=now())
    except Refusal as error:
        return _refused(request, error)
    return go_to(request, reverse("assessments:refresh"))


@require_POST
@requires(Permission.LEARN)
def retire_card(request: HttpRequest, card: int) -> HttpResponse:
    """Put a card away that its owner does not need, and offer to undo that."""
    _with_own(refreshing.retire_card, request, card)
    return redirect("assessments:refresh-card", card)


@require_POST
@requires(Permission.LEARN)
def bring_card_back(request: HttpRequest, card: int) -> HttpResponse:
    """Undo that a card was put away."""
    _with_own(refreshing.bring_card_back, request, card)
    messages.success(request, gettext("The card comes back when it is due."))
    from_settings = "settings" in request.POST
    return redirect("assessments:refresh-settings" if from_settings else "assessments:refresh")


def own_card_or_404(request: HttpRequest, pk: int) -> SpacedCard:
    """Return a card of the viewer's own."""
    try:
        return own_card(request.user, pk)
    except SpacedCard.DoesNotExist:
        raise Http404 from None


def _with_own(action: Callable[..., SpacedCard], request: HttpRequest, card: int) -> None:
    try:
        action(card, by=request.user, at=now())
    except SpacedCard.DoesNotExist:
        raise Http404 from None


def _today(request: HttpRequest) -> Any:
    return local_date(now(), request.user.time_zone)


def _is_open(request: HttpRequest, card: SpacedCard) -> bool:
    return is_due(card, _today(request)) and may_be_told(card)


def _as_asked(request: HttpRequest, card: SpacedCard) -> CardPage:
    session = session_of(request.user, now=now())
    return card_page(card, session, today=_today(request))


def _show_card(request: HttpRequest, card: SpacedCard) -> HttpResponse:
    if card.is_retired:
        return render(request, "assessments/retired_card.html", {"card": card})
    is_told = card.reviewed_on == _today(request) and card.kind != CardKind.RECALL
    if is_told and may_be_told(card):
        return _show(request, told_page(card, session_of(request.user, now=now())))
    if _is_open(request, card):
        return _show(request, _as_asked(request, card))
    return redirect("assessments:refresh")


def _after(request: HttpRequest, card: int) -> HttpResponse:
    """Show the card as it stands after an answer was kept."""
    if is_fetched(request):
        return _show_card(request, own_card_or_404(request, card))
    return redirect("assessments:refresh-card", card)


def _with_step_moved(request: HttpRequest, page: CardPage, payload: dict[str, Any]) -> HttpResponse:
    """Move one step of an ordering up or down, for browsers without scripts; keeps nothing."""
    assert page.asked is not None
    moved = page.asked.with_step_moved(payload, request.POST["move"])
    if moved is None:
        raise Http404
    return _show(request, page.with_answer(moved.response))


def _refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Say why an answer changed nothing, and show where things stand."""
    if is_fetched(request):
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    messages.warning(request, str(error))
    return redirect("assessments:refresh")


def _show(
    request: HttpRequest, card: CardPage, *, status: int = 200, error: str = "", typed: str = ""
) -> HttpResponse:
    name = "components/refreshed_card.html" if is_fetched(request) else "refresh.html"
    context = {"card": card, "page": card.asked, "error": error, "typed": typed}
    return render(request, f"assessments/{name}", context, status=status)
