"""Pages on which a lead writes a programme, changes it, and takes it off the list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.content.programme import parse_programme
from courses.models import Programme, ProgrammeVersion
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.programmes.actions.writing import (
    archive_programme,
    reword_programme,
    write_programme,
)
from portal.programmes.forms.write import (
    ROWS_AT_FIRST,
    ROWS_MORE,
    ProgrammeWriting,
    blank_rows,
    first_words,
    rows_of,
    rows_sent,
)
from portal.programmes.queries.preview import preview_of
from portal.programmes.queries.writing import offered_modules, programmes_editable_by


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def write(request: HttpRequest) -> HttpResponse:
    """Write a new programme, from nothing or from one that there is (`?from=`)."""
    slug = request.GET.get("from", "")
    source = get_object_or_404(Programme.objects.on_offer(), slug=slug) if slug else None
    writing = _writing(request, source and _newest(source))
    if _is_ready(request, writing):
        version = write_programme(writing.as_raw, by=request.user, at=now())
        messages.success(request, _("It can be given now."))
        return redirect("programmes:give", version.programme.slug)
    return _page(request, writing)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def rewrite(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a programme as another version of it."""
    found = get_object_or_404(programmes_editable_by(request.user), slug=slug)
    newest = _newest(found)
    writing = _writing(request, newest)
    if _is_ready(request, writing):
        based_on = writing.form.cleaned_data["based_on"]
        try:
            version = reword_programme(
                found, writing.as_raw, based_on=based_on, by=request.user, at=now()
            )
        except Refusal as refusal:
            writing.form.add_error(None, str(refusal))
        else:
            said = _("Version %(number)d. Who has the program already keeps theirs.")
            messages.success(request, said % {"number": version.number})
            return redirect("programmes:give", found.slug)
    return _page(request, writing, programme=found, version=newest)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether to take a programme off the list, and do it."""
    found = get_object_or_404(programmes_editable_by(request.user), slug=slug)
    if request.method != "POST":
        return render(request, "programmes/archive.html", {"programme": found})
    archive_programme(found, by=request.user, at=now())
    messages.success(request, _("Off the list. Who has it keeps it."))
    return redirect("programmes:team-programmes")


def _newest(programme: Programme) -> ProgrammeVersion:
    version = programme.versions.order_by("-number").first()
    assert version is not None
    return version


def _writing(request: HttpRequest, version: ProgrammeVersion | None) -> ProgrammeWriting:
    """Return the forms: as sent, as sent with more rows, or as the version says."""
    offered = offered_modules()
    if request.method == "POST" and "more" not in request.POST:
        return ProgrammeWriting(offered, sent=request.POST, rows=_rows(version))
    if request.method == "POST":
        typed = request.POST.dict() | {"skills": request.POST.getlist("skills")}
        rows = [*rows_sent(request.POST), *blank_rows(ROWS_MORE)]
        return ProgrammeWriting(offered, initial=typed, rows=rows)
    if version is None:
        rows = blank_rows(ROWS_AT_FIRST)
        return ProgrammeWriting(offered, initial=first_words(None), rows=rows)
    words = first_words(parse_programme(version.content)) | {"based_on": version.number}
    return ProgrammeWriting(offered, initial=words, rows=_rows(version) + blank_rows(ROWS_MORE))


def _rows(version: ProgrammeVersion | None) -> list[dict[str, Any]]:
    if version is None:
        return []
    preview = preview_of(parse_programme(version.content))
    return rows_of(preview.programme, {one.step.id: one.title for one in preview.steps})


def _is_ready(request: HttpRequest, writing: ProgrammeWriting) -> bool:
    return request.method == "POST" and "more" not in request.POST and writing.is_valid()


def _page(request: HttpRequest, writing: ProgrammeWriting, **context: Any) -> HttpResponse:
    status = 422 if writing.has_errors else 200
    return render(request, "programmes/write.html", {"writing": writing, **context}, status=status)
