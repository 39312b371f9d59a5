"""The tags of one person, for those who answer for them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.kit import clock
from portal.kit.access import requires
from portal.people.actions.tagging import change_tags
from portal.people.forms.tags import TagsForm
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import person_overseen_by
from portal.people.queries.tags import tags_in_use


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def tags(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show the tags of one of one's people, and change them."""
    try:
        someone = person_overseen_by(request.user, person_id)
    except User.DoesNotExist:
        raise Http404 from None
    sent = request.POST if request.method == "POST" else None
    form = TagsForm(sent, initial={"tags": someone.tags})
    if form.is_valid():
        change_tags(someone, form.cleaned_data["tags"], by=request.user, at=clock.now())
        messages.success(request, _("%(name)s has new tags.") % {"name": someone})
        return redirect("people:tags", someone.pk)
    context = {"someone": someone, "form": form, "known": tags_in_use(request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "people/tags.html", context, status=status)
