"""What goes with a module: the job aid for the middle of a call, the guide for its leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from courses.models import SheetKind
from courses.queries.sheets import (
    NEWEST_SHEET,
    courses_with_job_aids,
    job_aid_page,
    lead_guide_page,
)
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
    kind = SheetKind.JOB_AID.value
    page = job_aid_page(get_object_or_404(NEWEST_SHEET, course=course, module=module, kind=kind))
    can_guide = request.user.may(Permission.SEE_TEAM)
    return render(request, "courses/job_aid.html", {"page": page, "can_guide": can_guide})


@require_GET
@requires(Permission.SEE_TEAM)
def lead_guide(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """Show how a lead listens to a call on this module, and talks about it."""
    kind = SheetKind.LEAD_GUIDE.value
    page = lead_guide_page(get_object_or_404(NEWEST_SHEET, course=course, module=module, kind=kind))
    return render(request, "courses/lead_guide.html", {"page": page})
