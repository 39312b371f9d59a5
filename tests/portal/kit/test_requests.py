"""A page's script says that it sent a request, and a plain form does not."""

import pytest

from portal.kit.requests import is_fetched


@pytest.mark.parametrize(
    ("headers", "fetched"),
    [
        ({}, False),
        ({"X-Requested-With": "fetch"}, True),
        ({"X-Requested-With": "XMLHttpRequest"}, False),
    ],
)
def test_only_our_script_counts(rf, headers: dict[str, str], fetched: bool) -> None:
    assert is_fetched(rf.get("/", headers=headers)) is fetched
