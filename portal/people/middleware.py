"""Per-request set-up for the reader, and the second step that some people must have."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from portal.people.second_step import has_passed, second_steps_of, way_to_pass

GetResponse = Callable[[HttpRequest], HttpResponse]

_ALWAYS_OPEN = {"account_login", "account_logout", "people:theme"}
# For somebody who has a second step and has not passed it yet. A password alone must not be enough
# to add another one.
_OPEN_FOR_PASSING = _ALWAYS_OPEN | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# For somebody who has none: setting one up, for which allauth asks the password again and wants
# a confirmed address.
_OPEN_FOR_SETTING_UP = _ALWAYS_OPEN | {
    "account_confirm_email",
    "account_email",
    "account_email_verification_sent",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
}


class ReaderMiddleware:
    """Show times in the reader's zone and texts in their language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, SimpleLazyObject):
            # A page asks the user dozens of things, and Django's stand-in takes longer to pass the
            # question on than the user to answer it.
            user = request.user = get_user(request)
        if not user.is_authenticated:
            language = translation.get_language_from_request(request)
            with timezone.override(None), translation.override(language):
                return self.get_response(request)
        with (
            timezone.override(ZoneInfo(user.time_zone)),
            translation.override(user.language),
        ):
            return self.get_response(request)


class HtmxSignInMiddleware:
    """When a session is over, lead the whole window to signing in, not the part htmx asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.htmx or "Location" not in response.headers:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        leads_to_it = urlsplit(response.headers["Location"]).path == sign_in
        return _send_to(request, sign_in) if leads_to_it else response


class SecondStepMiddleware:
    """Send leads, authors, admins and operators through a second step before anything else.

    The proof is in the session, so that it costs no query once it is there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer instead of the view while the second step is missing."""
        user = request.user
        if not settings.ENFORCE_MFA or not user.is_authenticated:
            return None
        if not user.needs_second_step or has_passed(request):
            return None
        kinds = second_steps_of(user)
        is_open = _OPEN_FOR_PASSING if kinds else _OPEN_FOR_SETTING_UP
        if request.resolver_match.view_name in is_open:
            return None
        return _send_to(request, way_to_pass(kinds))


def _send_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead the browser's window to `address`, and from there back to the page it shows."""
    page = request.get_full_path() if request.method == "GET" else "/"
    if request.htmx:
        page = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(_with_return(address, page))
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        # A script would follow a redirect and take the page behind it for its answer.
        return HttpResponseForbidden(_("Reload the page and confirm that it’s you."))
    return redirect(_with_return(address, page))


def _with_return(address: str, page: str) -> str:
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: page})}"
