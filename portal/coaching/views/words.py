"""Kudos and comments on what one of one's people finished."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.queries.following import enrolments_overseen_by
from portal.coaching.actions.praising import say_words
from portal.coaching.forms.words import KUDOS, WordsForm
from portal.coaching.queries.words import completion_of, words_on
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_TEAM)
def words(request: HttpRequest, enrolment: int) -> HttpResponse:
    """Show what was said about something finished, and add kudos or a comment."""
    found = completion_of(get_object_or_404(enrolments_overseen_by(request.user), pk=enrolment))
    if found is None:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text, is_kudos = form.cleaned_data["text"], form.cleaned_data["kind"] == KUDOS
        try:
            say_words(found, text, is_kudos=is_kudos, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error("kind", str(refusal))
        else:
            said = _("Said. %(name)s sees it on the page of the module.")
            messages.success(request, said % {"name": found.user.first_name})
            return redirect("coaching:words", enrolment)
    context = {"completion": found, "words": words_on(found), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "coaching/words.html", context, status=status)
