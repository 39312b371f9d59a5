"""Comments pinned to the moments of a run."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.comments import (
    NotForComments,
    add_comment,
    delete_comment,
    edit_comment,
)
from assessments.forms.debrief import CommentForm
from assessments.models import Attempt, MomentComment
from assessments.queries.answers import attempts_visible_to
from assessments.queries.comments import own_comments
from courses.models import ActivityKind
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission


@require_POST
@requires(Permission.LEARN)
def comment(request: HttpRequest, attempt: UUID, number: int) -> HttpResponse:
    """Write about one reply of a run."""
    runs = attempts_visible_to(request.user).filter(activity__kind=ActivityKind.SCENARIO)
    found = get_object_or_404(runs, pk=attempt)
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "attempt": found, "number": number}
        return render(request, "assessments/comment.html", context, status=422)
    try:
        add_comment(
            found, reply_number=number, words=form.cleaned_data["words"], by=request.user, at=now()
        )
    except NotForComments:
        raise Http404 from None
    return redirect(_place(found, number))


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def edit(request: HttpRequest, comment: int) -> HttpResponse:
    """Mend one's own comment."""
    found = get_object_or_404(own_comments(request.user), pk=comment)
    form = CommentForm(request.POST or None, initial={"words": found.words})
    if request.method == "POST" and form.is_valid():
        edit_comment(found, words=form.cleaned_data["words"], by=request.user, at=now())
        return redirect(_place_of(found))
    context = {"form": form, "attempt": found.attempt, "number": found.reply_number}
    return render(request, "assessments/comment.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def delete(request: HttpRequest, comment: int) -> HttpResponse:
    """Delete one's own comment, once confirmed."""
    found = get_object_or_404(own_comments(request.user), pk=comment)
    if request.method == "POST":
        place = _place_of(found)
        delete_comment(found, by=request.user, at=now())
        return redirect(place)
    return render(request, "assessments/delete_comment.html", {"comment": found})


def _place_of(comment: MomentComment) -> str:
    return _place(comment.attempt, comment.reply_number)


def _place(attempt: Attempt, number: int) -> str:
    return f"{reverse('assessments:debrief', args=[attempt.pk])}#m{number}"
