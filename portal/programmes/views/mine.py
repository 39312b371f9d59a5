"""One's own programmes: what to do, why, and what one says to it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.programmes.actions.giving import answer_programme, tick_step
from portal.programmes.forms.give import AnswerForm
from portal.programmes.models import GivenProgramme
from portal.programmes.queries.progress import programmes_visible_to, shown

SHOWN = 50


@require_GET
@requires(Permission.LEARN)
def my_programmes(request: HttpRequest) -> HttpResponse:
    """List one's own programmes."""
    own = programmes_visible_to(request.user).filter(user=request.user)[:SHOWN]
    return render(request, "programmes/my_programmes.html", {"programmes": shown(own, now=now())})


@require_GET
@requires(Permission.LEARN)
def programme(request: HttpRequest, given: int) -> HttpResponse:
    """Show a programme of one's own, or of somebody whom one oversees."""
    found = get_object_or_404(programmes_visible_to(request.user), pk=given)
    return _page(request, found, AnswerForm(initial={"answer": found.answer}))


@require_POST
@requires(Permission.LEARN)
def tick(request: HttpRequest, given: int, step: str) -> HttpResponse:
    """Keep that one did a step which leaves no other trace."""
    found = get_object_or_404(_own(request), pk=given)
    try:
        tick_step(found, step, at=now())
        messages.success(request, _("Marked as done."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("programmes:programme", found.pk)


@require_POST
@requires(Permission.LEARN)
def answer(request: HttpRequest, given: int) -> HttpResponse:
    """Keep what one says to one's programme."""
    found = get_object_or_404(_own(request), pk=given)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    answer_programme(found, form.cleaned_data["answer"], by=request.user, at=now())
    messages.success(request, _("Your lead can read it now."))
    return redirect("programmes:programme", found.pk)


def _own(request: HttpRequest) -> QuerySet[GivenProgramme]:
    return programmes_visible_to(request.user).filter(user=request.user)


def _page(
    request: HttpRequest, given: GivenProgramme, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "shown": shown([given], now=now())[0],
        "form": form,
        "is_own": given.user_id == request.user.pk,
    }
    return render(request, "programmes/programme.html", context, status=status)
