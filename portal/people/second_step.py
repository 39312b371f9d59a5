"""Proof, kept in the session, that whoever holds it has passed a second step.

That an account has a second step is not enough: a session from before it was set up, such as one
that a thief opened with the password alone, has never shown it.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from portal.people.models import User

# Recovery codes only stand in for one of these.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_SESSION_KEY = "second_step_passed_by"


def has_passed(request: HttpRequest) -> bool:
    """Say whether the signed-in person has passed a second step in this very session."""
    return request.session.get(_SESSION_KEY) == request.user.pk


def second_steps_of(user: User) -> set[str]:
    """Return the kinds of second step that somebody has set up."""
    own = Authenticator.objects.filter(user=user, type__in=SECOND_STEPS)
    return set(own.values_list("type", flat=True))


def way_to_pass(kinds: set[str]) -> str:
    """Return the address where somebody with these second steps passes one, or sets one up."""
    if Authenticator.Type.TOTP in kinds:
        return reverse("mfa_reauthenticate")
    return reverse("mfa_reauthenticate_webauthn" if kinds else "mfa_index")


@receiver([authenticator_added, authenticator_used])
def remember(request: HttpRequest, user: User, **_: Any) -> None:
    """Note that this session has shown a second step, under a new session key."""
    request.session[_SESSION_KEY] = user.pk
    if request.user.is_authenticated:
        request.session.cycle_key()


@receiver(authenticator_removed)
def forget(request: HttpRequest, user: User, **_: Any) -> None:
    """Ask anew once a person has removed their last second step."""
    if not get_adapter().is_mfa_enabled(user, SECOND_STEPS):
        request.session.pop(_SESSION_KEY, None)
