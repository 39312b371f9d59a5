"""A check at start-up: every kind of mail has its three templates."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import Error, Tags, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portal.notifications.kinds import MailKind, all_kinds

TEMPLATES_OF_A_KIND = ("subject.txt", "body.txt", "body.html")


@register(Tags.templates)
def every_kind_has_its_templates(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Find mails that could be planned but never composed."""
    return missing_templates(all_kinds())


def missing_templates(kinds: Iterable[MailKind]) -> list[Error]:
    """Return an error for each template that a kind of mail needs and does not have."""
    names = [f"emails/{kind.name}/{part}" for kind in kinds for part in TEMPLATES_OF_A_KIND]
    return [
        Error(
            f"The template {name} is missing.",
            hint="Every kind of mail needs a subject, a text and an HTML body.",
            id="notifications.E001",
        )
        for name in names
        if not _exists(name)
    ]


def _exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
