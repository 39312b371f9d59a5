"""What goes with a module: the job aid for the middle of a call, the guide for its leads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.models import SheetVersion
from courses.queries.sheets import courses_with_job_aids, job_aid_page, lead_guide_page
from portal.kit.access import requires
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def job_aids(request: HttpRequest) -> HttpResponse:
    """List the job aids of all courses."""
    return render(request, "courses/job_aids.html", {"courses": courses_with_job_aids()})


@require_GET
@requires(Permission.LEARN)
def job_aid(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """Show a job aid, on one page that can be printed."""
    try:
        page = job_aid_page(course, module)
    except SheetVersion.DoesNotExist:
        raise Http404 from None
    can_guide = request.user.may(Permission.SEE_TEAM)
    return render(request, "courses/job_aid.html", {"page": page, "can_guide": can_guide})


@require_GET
@requires(Permission.SEE_TEAM)
def lead_guide(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """Show how a lead listens to a call on this module, and talks about it."""
    try:
        page = lead_guide_page(course, module)
    except SheetVersion.DoesNotExist:
        raise Http404 from None
    return render(request, "courses/lead_guide.html", {"page": page})
