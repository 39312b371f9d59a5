"""Changing one person's duty: more time, an exemption, or taking it off their list."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.changing import (
    end_exemption,
    exempt_enrolment,
    extend_enrolment,
    withdraw_enrolment,
)
from courses.forms.change import ChangeDutyForm
from courses.models import ChangeOfDuty
from courses.queries.following import enrolments_overseen_by
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def change_duty(request: HttpRequest, enrolment: int) -> HttpResponse:
    """Ask what should change for somebody and why, and do it."""
    overseen = enrolments_overseen_by(request.user).select_related("user", "module__course")
    found, at = get_object_or_404(overseen, pk=enrolment), now()
    today = local_date(at, found.user.time_zone)
    sent = request.POST if request.method == "POST" else None
    form = ChangeDutyForm(sent, enrolment=found, today=today)
    if form.is_valid():
        try:
            _change(form, request, at)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            told = _("Saved, and %(name)s is told.") % {"name": found.user.first_name}
            messages.success(request, told)
        return redirect("courses:person", found.user_id)
    context = {"enrolment": found, "form": form, "today": today}
    status = 422 if form.is_bound else 200
    return render(request, "courses/change_duty.html", context, status=status)


def _change(form: ChangeDutyForm, request: HttpRequest, at: datetime) -> None:
    cleaned, enrolment = form.cleaned_data, form.enrolment
    why = {"reason": cleaned["reason"], "by": request.user, "at": at}
    match ChangeOfDuty(cleaned["kind"]):
        case ChangeOfDuty.EXTENDED:
            extend_enrolment(enrolment, due_on=cleaned["due_on"], **why)
        case ChangeOfDuty.EXEMPTED:
            exempt_enrolment(enrolment, **why)
        case ChangeOfDuty.WITHDRAWN:
            withdraw_enrolment(enrolment, **why)
        case ChangeOfDuty.EXEMPTION_ENDED:
            end_exemption(enrolment, **why)
