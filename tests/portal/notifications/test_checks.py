"""Every kind of mail has a subject, a text and an HTML body, which the start checks."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from portal.notifications.checks import missing_templates
from portal.notifications.kinds import MailKind, all_kinds


def test_all_kinds_have_their_templates() -> None:
    assert missing_templates(all_kinds()) == []


def test_the_start_names_each_template_that_is_missing(
    register_kind: Callable[..., MailKind],
) -> None:
    register_kind("bare")

    with pytest.raises(SystemCheckError) as caught:
        call_command("check", "--tag", "templates")

    for part in ("subject.txt", "body.txt", "body.html"):
        assert f"The template emails/bare/{part} is missing." in str(caught.value)
