"""Courses out and in, as archives that people can read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.actions.importing import ArchiveIsGone, import_kept, keep_archive
from courses.content.archive import pack
from courses.content.parsing import ContentError
from courses.forms.exchange import ArchiveForm
from courses.models import Course
from courses.queries.exporting import course_files
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission


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
    token = keep_archive(form.cleaned_data["archive"], by=request.user)
    return render(request, "courses/import_plan.html", {"plan": form.plan, "token": token})


def _publish(request: HttpRequest) -> HttpResponse:
    try:
        course = import_kept(request.POST["token"], by=request.user, at=now())
    except ArchiveIsGone:
        messages.warning(request, _("This was too long ago. Choose the archive again."))
        return redirect("courses:import")
    except ContentError as error:
        messages.error(request, _("Nothing was changed.") + f" {error.problems[0]}")
        return redirect("courses:import")
    done = _("“%(title)s” is in. Learners read it from now on.")
    messages.success(request, done % {"title": course.title})
    return redirect("courses:content-list")
