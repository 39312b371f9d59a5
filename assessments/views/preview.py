"""Trying out the drafts of quizzes and scenarios; nothing that is answered is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessments.forms.play import payload_of
from assessments.forms.preview import PreviewRunForm
from assessments.queries.preview import QuestionPage, preview_question, preview_run
from assessments.responses import InvalidResponse
from courses.models import ActivityKind
from courses.queries.preview import NothingToPreview
from courses.views.preview import cannot_preview, draft_of_kind
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_CONTENT)
def preview_quiz(request: HttpRequest, activity: int, number: int = 1) -> HttpResponse:
    """Show a question of the bank as its taker sees it, and what an answer to it teaches."""
    found = draft_of_kind(activity, ActivityKind.QUIZ)
    error, status = "", 200
    try:
        page = _asked(preview_question(found, number, request.user))
        if request.method == "POST":
            answer = payload_of(page.question.type, request.POST)
            try:
                page = _asked(preview_question(found, number, request.user, answer))
            except InvalidResponse as refusal:
                page, error, status = page.with_answer(answer), gettext(str(refusal)), 422
    except NothingToPreview:
        return cannot_preview(request, found)
    context = {"page": page, "activity": found, "error": error}
    return render(request, "assessments/preview_quiz.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_CONTENT)
def preview_scenario(request: HttpRequest, activity: int) -> HttpResponse:
    """Play a draft one reply at a time, from any moment and with the patient in any mood."""
    found = draft_of_kind(activity, ActivityKind.SCENARIO)
    form = PreviewRunForm(request.POST if request.method == "POST" else request.GET)
    try:
        run = preview_run(found, form.begun, form.made)
    except NothingToPreview:
        return cannot_preview(request, found)
    context = {"run": run, "activity": found}
    return render(request, "assessments/preview_scenario.html", context)


def _asked(page: QuestionPage | None) -> QuestionPage:
    if page is None:
        raise Http404
    return page
