"""Kinds of mail are registered once, by the app that owns them."""

from collections.abc import Callable

import pytest

from portal.notifications.kinds import MailKind, find_kind, label_of, register


def test_a_name_is_taken_once() -> None:
    kind = find_kind("invitation")
    assert kind is not None

    with pytest.raises(ValueError, match="'invitation' is registered twice"):
        register(kind)


def test_a_kind_that_is_gone_is_called_by_its_name(register_kind: Callable[..., MailKind]) -> None:
    register_kind("note")

    assert [label_of("note"), label_of("carrier_pigeon")] == ["Note", "carrier_pigeon"]
