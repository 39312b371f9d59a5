"""The question bank: finding a question over all quizzes, and looking at one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.forms.question_bank import wanted_in
from assessments.queries.question_bank import (
    FLAGS,
    LEVELS,
    TYPES,
    question_bank,
    question_page,
)
from courses.content.skills import Skill
from courses.models import BankQuestion
from portal.kit.access import requires
from portal.kit.paging import page_number, without_page
from portal.people.permissions import Permission


@require_GET
@requires(Permission.SEE_CONTENT)
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions of all quizzes that fit."""
    wanted = wanted_in(request.GET)
    context = {
        "bank": question_bank(wanted, page_number(request)),
        "wanted": wanted,
        "skills": list(Skill),
        "types": TYPES.items(),
        "levels": LEVELS.items(),
        "flags": FLAGS.items(),
        "query": without_page(request),
    }
    return render(request, "assessments/questions.html", context)


@require_GET
@requires(Permission.SEE_CONTENT)
def question(request: HttpRequest, question: int) -> HttpResponse:
    """Show one question with its key, its versions, and where it is used."""
    found = get_object_or_404(
        BankQuestion.objects.select_related(
            "activity__module__course", "activity__live_revision"
        ).defer(
            "activity__draft", "activity__live_revision__content", "activity__live_revision__media"
        ),
        pk=question,
        activity__archived_at__isnull=True,
    )
    return render(request, "assessments/question.html", {"page": question_page(found)})
