"""The page behind the link of an invitation."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.kit import clock
from portal.people.actions.invitations import InvitationClosed, accept_invitation
from portal.people.forms.accept import AcceptForm
from portal.people.queries.invitations import open_invitation


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person in; links that are wrong, used or too old all get the same page."""
    now = clock.now()
    invitation = open_invitation(token, now)
    if invitation is None:
        return _closed(request)
    if request.user.is_authenticated:
        return render(request, "people/sign_out_to_accept.html", {"invitation": invitation})
    form = AcceptForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(token, **form.cleaned_data, at=now)
        except InvitationClosed:
            return _closed(request)
        return perform_login(request, user, email=user.email)
    return render(
        request, "people/accept_invitation.html", {"form": form, "invitation": invitation}
    )


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/invitation_closed.html", status=404)
