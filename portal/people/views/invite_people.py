"""Inviting people, and the invitations that wait for an answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.kit import clock
from portal.kit.access import requires
from portal.kit.errors import Refusal
from portal.people.actions.invitations import (
    invite_person,
    renew_invitation,
    withdraw_invitation,
)
from portal.people.forms.invite import InviteForm
from portal.people.models import Invitation
from portal.people.permissions import Permission
from portal.people.queries.invitations import invitations_page
from portal.people.queries.teams import suggested_teams
from portal.people.views.paging import place


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite, and invite them."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_person(**form.cleaned_data, by=request.user, at=clock.now())
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            sent = _("An invitation is on its way to %(address)s.")
            messages.success(request, sent % {"address": invitation.email})
            return redirect("people:invitations")
    return render(request, "people/invite.html", {"form": form, "teams": suggested_teams()})


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Show the invitations that wait for an answer, latest first."""
    page = invitations_page(clock.now(), after=place(request, "after"))
    return render(request, "people/invitations.html", {"page": page})


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Make an invitation's link stop working."""
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    try:
        withdraw_invitation(invitation, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        withdrawn = _("The invitation to %(address)s is withdrawn. Its link no longer works.")
        messages.success(request, withdrawn % {"address": invitation.email})
    return redirect("people:invitations")


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def renew(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send an invitation again with a new link."""
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    try:
        renew_invitation(invitation, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        sent = _("A new invitation is on its way to %(address)s. The earlier link is void.")
        messages.success(request, sent % {"address": invitation.email})
    return redirect("people:invitations")
