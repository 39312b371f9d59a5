"""The main navigation: which doors a person sees, from their permissions."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from portal.kit.addresses import current_site, reverse_quickly
from portal.kit.wording import once_a_language
from portal.people.permissions import Permission


@dataclass(frozen=True)
class Door:
    """One item of the navigation; `short` is its word in the tabs of a phone."""

    label: str
    short: str
    url: str
    icon: str
    is_current: bool
    count: int = 0  # of what waits there; not shown when there is none


# permission, label, short label, URL name, icon
_DOORS = (
    (
        Permission.SEE_TEAM,
        _("Team overview"),
        _("Team"),
        "courses:team",
        "grid-3x3-gap",
    ),
    (Permission.ASSIGN_LEARNING, _("Assign"), _("Assign"), "courses:assign", "send"),
    (Permission.LEARN, _("My learning"), _("Learn"), "courses:my-learning", "house"),
    (
        Permission.LEARN,
        _("My skills"),
        _("Skills"),
        "assessments:my-skills",
        "bar-chart-steps",
    ),
    (
        Permission.LEARN,
        _("Programs"),
        _("Programs"),
        "programmes:my-programmes",
        "flag",
    ),
    (Permission.LEARN, _("Library"), _("Library"), "courses:catalogue", "collection"),
    (Permission.LEARN, _("Feedback"), _("Feedback"), "coaching:sessions", "chat-square-text"),
    (
        Permission.SEE_CONTENT,
        _("Content"),
        _("Content"),
        "courses:content-list",
        "pencil",
    ),
    (
        Permission.MANAGE_PEOPLE,
        _("People"),
        _("People"),
        "people:people-list",
        "people",
    ),
    (Permission.SEE_MAIL, _("Mail"), _("Mail"), "notifications:outbox", "send"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every template `nav`, the doors of the signed-in person."""
    return {"nav": SimpleLazyObject(lambda: _doors(request))}


def _doors(request: HttpRequest) -> list[Door]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    site = current_site()
    return [
        Door(label, short, url, icon, request.path.startswith(url))
        for permission, label, short, name, icon in _doors_in_words()
        if user.may(permission)
        for url in [reverse_quickly(name, site=site)]
    ]


@once_a_language
def _doors_in_words() -> list[tuple[Permission, str, str, str, str]]:
    return [
        (permission, str(label), str(short), *rest) for permission, label, short, *rest in _DOORS
    ]
