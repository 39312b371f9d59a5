"""Taking a quiz: one question at a time, each answer kept on its own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from assessments.actions import quiz_attempts
from assessments.forms.play import numbered_item, payload_of
from assessments.models import Attempt
from assessments.queries.answers import attempt_visible_to, own_attempt
from assessments.queries.quiz_page import (
    QuestionPage,
    explains_at_once,
    has_question,
    question_page,
)
from assessments.queries.quiz_results import quiz_results
from assessments.responses import InvalidResponse
from assessments.views.answering import go_to, refused
from courses.models import ActivityKind
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.kit.requests import is_fetched
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def take_quiz(request: HttpRequest, attempt: UUID, number: int | None = None) -> HttpResponse:
    """Show one question: the one asked for, or the first without an answer."""
    found = _own_quiz(request, attempt)
    if not found.is_open:
        return redirect("assessments:quiz-results", found.pk)
    if number is not None and not has_question(found, number):
        raise Http404
    if found.is_out_of_time(now()):
        return render(request, "assessments/quiz_time_up.html", {"attempt": found})
    return _show(request, question_page(found, number, now=now()), status=200)


@require_POST
@requires(Permission.LEARN)
def answer_quiz(request: HttpRequest, attempt: UUID, number: int) -> HttpResponse:
    """Keep the answer to one question, and show what it teaches or go on."""
    numbered = numbered_item(request.POST)
    if numbered is None:
        raise Http404
    seq, item_id = numbered
    if "move" in request.POST and (found := _own_quiz(request, attempt)).is_open:
        return _with_step_moved(request, found, number, item_id)
    try:
        moved = quiz_attempts.answer_item(
            attempt,
            seq=seq,
            item_id=item_id,
            number=number,
            payload=lambda item_type: payload_of(item_type, request.POST),
            by=request.user,
            at=now(),
        )
    except Attempt.DoesNotExist:
        raise Http404 from None
    except InvalidResponse as error:
        page = question_page(_own_quiz(request, attempt), number, now=now())
        page = page.with_answer(payload_of(page.question.type, request.POST))
        return _show(request, page, status=422, error=gettext(str(error)))
    except Refusal as error:
        return refused(request, error, back="assessments:take-quiz", attempt=attempt)
    return _after_answer(request, moved, number)


@require_POST
@requires(Permission.LEARN)
def finish_quiz(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Score what was answered and show the result."""
    try:
        quiz_attempts.finish_quiz(attempt, by=request.user, at=now())
    except Attempt.DoesNotExist:
        raise Http404 from None
    return redirect("assessments:quiz-results", attempt)


@require_GET
@requires(Permission.LEARN)
def results(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Look back on a finished attempt: one's own, or that of somebody one oversees."""
    try:
        found = attempt_visible_to(request.user, attempt, ActivityKind.QUIZ)
    except Attempt.DoesNotExist:
        raise Http404 from None
    if found.is_open:
        return redirect("assessments:take-quiz", found.pk)
    page = quiz_results(found, viewer=request.user)
    return render(request, "assessments/quiz_results.html", {"page": page})


def _own_quiz(request: HttpRequest, attempt: UUID) -> Attempt:
    try:
        return own_attempt(request.user, attempt, ActivityKind.QUIZ)
    except Attempt.DoesNotExist:
        raise Http404 from None


def _after_answer(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    """Stay to show what the answer teaches; else go on to the next open question.

    A script gets that question with the reply, so that nobody waits for another page.
    """
    if explains_at_once(attempt, number):
        if is_fetched(request):
            return _show(request, question_page(attempt, number, now=now()), status=200)
        return redirect("assessments:take-question", attempt.pk, number)
    onward = reverse("assessments:take-quiz", args=[attempt.pk])
    if not is_fetched(request) or not attempt.is_open or attempt.is_out_of_time(now()):
        return go_to(request, onward)
    response = _show(request, question_page(attempt, now=now()), status=200)
    response["X-Page"] = onward
    return response


def _with_step_moved(
    request: HttpRequest, attempt: Attempt, number: int, item_id: str
) -> HttpResponse:
    """Move one step of an ordering up or down, for browsers without scripts; saves nothing."""
    if not has_question(attempt, number):
        raise Http404
    page = question_page(attempt, number, now=now())
    if page.question.id != item_id:
        raise Http404
    payload = payload_of(page.question.type, request.POST)
    moved = page.with_step_moved(payload, request.POST["move"])
    if moved is None:
        raise Http404
    return _show(request, moved, status=200)


def _show(request: HttpRequest, page: QuestionPage, *, status: int, **extra: Any) -> HttpResponse:
    name = "components/answered_question.html" if is_fetched(request) else "take_quiz.html"
    return render(request, f"assessments/{name}", {"page": page, **extra}, status=status)
