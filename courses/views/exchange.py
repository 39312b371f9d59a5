"""Courses out and in, as archives that people can read."""

import hashlib

from django.contrib import messages
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.actions.importing import import_course
from courses.content.archive import pack
from courses.content.parsing import ContentError
from courses.forms.exchange import ArchiveForm
from courses.models import Course
from courses.queries.exporting import course_files
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.models import User
from portal.people.permissions import Permission

_SALT = "courses.import"
_HOUR = 60 * 60


@require_GET
@requires(Permission.PUBLISH_CONTENT)
def export_course(request: HttpRequest, course: str) -> HttpResponse:
    """Send what learners read of a course, as an archive of readable files."""
    found = get_object_or_404(Course, slug=course)
    response = HttpResponse(pack(course_files(found)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def take_in(request: HttpRequest) -> HttpResponse:
    """Show what an archive would change, and publish it once that was seen."""
    if "token" in request.POST:
        return _publish(request)
    is_sent = request.method == "POST"
    form = ArchiveForm(request.POST, request.FILES) if is_sent else ArchiveForm()
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "courses/import.html", {"form": form}, status=status)
    token = _keep(form.cleaned_data["archive"], by=request.user)
    return render(request, "courses/import_plan.html", {"plan": form.plan, "token": token})


def _publish(request: HttpRequest) -> HttpResponse:
    name = _name_of(request.POST["token"], by=request.user)
    if not name:
        messages.warning(request, _("This was too long ago. Choose the archive again."))
        return redirect("courses:import")
    try:
        with default_storage.open(name) as archive:
            course = import_course(archive, by=request.user, at=now())
    except ContentError as error:
        messages.error(request, _("Nothing was changed.") + f" {error.problems[0]}")
        return redirect("courses:import")
    default_storage.delete(name)
    done = _("“%(title)s” is in. Learners read it from now on.")
    messages.success(request, done % {"title": course.title})
    return redirect("courses:content-list")


def _keep(archive: UploadedFile, *, by: User) -> str:
    """Keep an archive until it is published, one for each author; return the word for it."""
    digest = hashlib.sha256(archive.read()).hexdigest()
    archive.seek(0)
    name = _place_of(by)
    default_storage.delete(name)
    default_storage.save(name, archive)
    return signing.dumps([by.pk, digest], salt=_SALT)


def _name_of(token: str, *, by: User) -> str:
    """Return where the archive lies that the author has seen; empty if it is another by now."""
    try:
        owner, digest = signing.loads(token, salt=_SALT, max_age=_HOUR)
    except (signing.BadSignature, ValueError):
        return ""
    name = _place_of(by)
    if owner != by.pk or not default_storage.exists(name):
        return ""
    with default_storage.open(name) as archive:
        return name if hashlib.sha256(archive.read()).hexdigest() == digest else ""


def _place_of(author: User) -> str:
    return f"imports/{author.pk}.zip"
