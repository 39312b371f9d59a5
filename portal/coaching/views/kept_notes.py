"""Private notes: asking for those about oneself, and reviewing such a request."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.coaching.actions.releasing import (
    NotesUnread,
    RequestDecided,
    ask_for_notes,
    decide_on_notes,
    read_notes,
)
from portal.coaching.forms.talk import ReleaseForm
from portal.coaching.models import NotesRequest
from portal.coaching.queries.kept_notes import (
    REQUESTS_SHOWN,
    released_to,
    requests_of,
    requests_to_review,
)
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def my_notes(request: HttpRequest) -> HttpResponse:
    """Show what became of one's requests, and take a new one."""
    if request.method == "POST":
        ask_for_notes(by=request.user, at=now())
        messages.success(request, _("Asked. An admin looks at the notes before you see them."))
        return redirect("coaching:my-notes")
    requests = requests_of(request.user)
    context = {
        "requests": requests,
        "released": released_to(request.user),
        "is_open": any(one.decided_at is None for one in requests),
    }
    return render(request, "coaching/my_notes.html", context)


@require_safe
@requires(Permission.REVIEW_NOTES)
def notes_requests(request: HttpRequest) -> HttpResponse:
    """Show who asked for what is kept about them."""
    found = list(requests_to_review(request.user)[:REQUESTS_SHOWN])
    return render(request, "coaching/notes_requests.html", {"requests": found})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REVIEW_NOTES)
def review_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what opening means; on POST open the notes, which is written down."""
    found = get_object_or_404(requests_to_review(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "coaching/review_notes.html", {"asked": found})
    return _opened(request, found, ReleaseForm())


@require_POST
@requires(Permission.REVIEW_NOTES)
def release_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reviewer's decision."""
    found = get_object_or_404(requests_to_review(request.user), pk=pk)
    form = ReleaseForm(request.POST)
    released = {int(one) for one in request.POST.getlist("note") if one.isdecimal()}
    if not form.is_valid():
        return _opened(request, found, form, status=422)
    words = form.cleaned_data["words"]
    try:
        decide_on_notes(found.pk, released, words=words, by=request.user, at=now())
    except (RequestDecided, NotesUnread) as refusal:
        messages.warning(request, str(refusal))
    except NotesRequest.DoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        form.add_error("words", str(refusal))
        return _opened(request, found, form, released=released, status=422)
    else:
        name = found.person.first_name
        messages.success(request, _("Answered. %(name)s sees it now.") % {"name": name})
    return redirect("coaching:notes-requests")


def _opened(
    request: HttpRequest,
    found: NotesRequest,
    form: ReleaseForm,
    *,
    released: set[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        notes = read_notes(found.pk, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("coaching:notes-requests")
    rows = [(note, released is None or note.pk in released) for note in notes]
    context = {"asked": found, "rows": rows, "form": form, "is_opened": True}
    return render(request, "coaching/review_notes.html", context, status=status)
