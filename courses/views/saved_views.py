"""Keeping a filter of one's people under a name, and removing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.actions.saving_views import remove_view, save_view
from courses.forms.team import SaveViewForm, wanted_in
from courses.models import SavedView
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_POST
@requires(Permission.SEE_TEAM)
def save(request: HttpRequest) -> HttpResponse:
    """Keep a filter, and show it."""
    form = SaveViewForm(request.POST)
    wanted = wanted_in(request.POST, request.user)
    if not form.is_valid():
        messages.warning(request, _("Give the view a name of up to 60 letters."))
        return redirect(f"{reverse('courses:team')}?{form.query}")
    try:
        view = save_view(form.cleaned_data["name"], wanted, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"{reverse('courses:team')}?{form.query}")
    messages.success(request, _("Saved as “%(name)s”. You can assign to it, too.") % {"name": view})
    return redirect(f"{reverse('courses:team')}?{view.query}")


@require_POST
@requires(Permission.SEE_TEAM)
def remove(request: HttpRequest, view: int) -> HttpResponse:
    """Forget a filter; a rule that uses it goes on."""
    found = get_object_or_404(SavedView.objects.kept(), pk=view, owner=request.user)
    remove_view(found, at=now())
    messages.success(request, _("Removed “%(name)s”.") % {"name": found})
    return redirect("courses:team")
