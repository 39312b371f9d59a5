"""For admins: whether the estimates know how sure they are, and the one knob."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.noise_scale import scale_noise
from assessments.forms.skill_check import NoiseForm
from assessments.queries.skill_check import NEWEST, skill_check
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TUNE_SKILLS)
def check(request: HttpRequest) -> HttpResponse:
    """Show how the predictions held, and scale the noise of evidence recorded from now on."""
    found = skill_check()
    sent = request.POST if request.method == "POST" else None
    form = NoiseForm(sent, initial={"percent": found.percent})
    if form.is_valid():
        scale_noise(**form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Set. It counts for evidence recorded from now on."))
        return redirect("assessments:skill-check")
    return render(
        request,
        "assessments/skill_check.html",
        {"check": found, "form": form, "most": NEWEST},
        status=422 if form.is_bound else 200,
    )
