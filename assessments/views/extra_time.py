"""More time in quizzes for a person whom one answers for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.extra_time import set_extra_time
from assessments.forms.extra_time import ExtraTimeForm
from assessments.queries.extra_time import extra_percent_of, extra_times_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_EXTRA_TIME)
def extra_time(request: HttpRequest, person: int) -> HttpResponse:
    """Show what is agreed for somebody, and agree on something else."""
    found = get_object_or_404(people_overseen_by(request.user), pk=person)
    percent = extra_percent_of(found)
    sent = request.POST if request.method == "POST" else None
    form = ExtraTimeForm(sent, initial={"percent": percent})
    if form.is_valid():
        set_extra_time(found, **form.cleaned_data, by=request.user, at=now())
        said = _("Kept. It counts for quizzes that %(name)s begins from now on.")
        messages.success(request, said % {"name": found.first_name})
        return redirect("courses:person", found.pk)
    context = {"person": found, "percent": percent, "form": form, "past": extra_times_of(found)}
    return render(
        request, "assessments/extra_time.html", context, status=422 if form.is_bound else 200
    )
