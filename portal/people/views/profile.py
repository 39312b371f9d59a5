"""A person's own page: who they are, when they work and how Attune looks."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.kit import clock
from portal.people.actions.profile import set_theme, update_profile
from portal.people.forms.profile import ProfileForm
from portal.people.models.user import Theme
from portal.people.queries.scope import team_names_of

THEME_COOKIE = "theme"
_COOKIE_SECONDS = 365 * 24 * 60 * 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and keep what a person says about themselves."""
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(request.user)
    if request.method == "POST" and form.is_valid():
        person = update_profile(request.user, form.profile, at=clock.now())
        messages.success(request, _("Your profile is saved."))
        return _remember(redirect("people:profile"), Theme(person.theme))
    context = {"form": form, "teams": team_names_of(request.user)}
    return render(request, "people/profile.html", context)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the look that was chosen: for the person, and for this browser when signed out."""
    chosen = request.POST.get("theme", "")
    if chosen not in Theme:
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        set_theme(request.user, Theme(chosen))
    # A form wants a page to go on with; a script is content to know that it worked.
    is_form = "text/html" in request.headers.get("Accept", "")
    response = redirect(_page_before(request)) if is_form else HttpResponse(status=204)
    return _remember(response, Theme(chosen))


def _remember(response: HttpResponse, chosen: Theme) -> HttpResponse:
    response.set_cookie(
        THEME_COOKIE,
        chosen.value,
        max_age=_COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page_before(request: HttpRequest) -> str:
    page = request.POST.get("next") or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else "home"
