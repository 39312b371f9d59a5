"""Marking what people wrote: the queue, and one answer with its rubric."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.actions import marking
from assessments.actions.correcting import correct_mark
from assessments.forms.marking import CorrectionForm, MarkForm
from assessments.models import AnswerMark
from assessments.queries.marks import mark_page, marks_for, marks_given_by, waiting_marks
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_GET
@requires(Permission.MARK_ANSWERS)
def marking_queue(request: HttpRequest) -> HttpResponse:
    """List what waits for the viewer's marks."""
    context = {"marks": waiting_marks(request.user)}
    return render(request, "assessments/marking_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MARK_ANSWERS)
def mark_answer(request: HttpRequest, mark: int) -> HttpResponse:
    """Show an answer with its rubric, and take the mark."""
    found = get_object_or_404(marks_for(request.user), pk=mark)
    page = mark_page(found)
    form = MarkForm(request.POST if request.method == "POST" else None, rubric=page.item.rubric)
    can_correct = page.can_be_corrected_by(request.user)
    context = {"page": page, "form": form, "can_correct": can_correct}
    if form.is_valid():
        words = form.cleaned_data["comment"]
        try:
            marking.mark_answer(found, levels=form.levels, comment=words, by=request.user, at=now())
        except Refusal as refusal:
            context["page"] = mark_page(marks_for(request.user).get(pk=mark))
            context |= {"refusal": str(refusal), "unsent": words}
            return render(request, "assessments/mark_answer.html", context, status=409)
        return _go_on(request, found)
    status = 422 if form.is_bound else 200
    return render(request, "assessments/mark_answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MARK_ANSWERS)
def correct(request: HttpRequest, mark: int) -> HttpResponse:
    """Show a mark to whoever gave it, and take another in its place."""
    found = get_object_or_404(marks_given_by(request.user), pk=mark)
    page = mark_page(found)
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, mark=found, rubric=page.item.rubric)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("comment", "reason")}
        correct_mark(found, levels=form.levels, by=request.user, at=now(), **given)
        said = _("Corrected. The old mark is kept, and %(name)s sees both.")
        messages.success(request, said % {"name": found.attempt.user.first_name})
        return redirect("assessments:mark-answer", mark)
    context = {"page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/correct_mark.html", context, status=status)


def _go_on(request: HttpRequest, mark: AnswerMark) -> HttpResponse:
    """Lead to the next answer of the same attempt, or back to the queue."""
    name = mark.attempt.user.first_name
    following = mark.attempt.marks.waiting().order_by("pk").first()
    if following is None:
        said = _("Marked. %(name)s gets a mail and sees the result.")
        messages.success(request, said % {"name": name})
        return redirect("assessments:marking-queue")
    said = _("Marked. Here is the next answer of %(name)s.")
    messages.success(request, said % {"name": name})
    return redirect("assessments:mark-answer", following.pk)
