"""The longest test begins first, so that a run on several cores does not wait for it at the end."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move the tests of this folder to the front."""
    items.sort(key=lambda item: "survival" not in item.path.parts)
