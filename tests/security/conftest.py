"""The small world in which every address is tried."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.security.objects import World, build_world


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Two teams that know nothing of each other, and one person for each role.

    One world serves all tests of a module: each request of theirs is undone, and sessions live in
    the cookie, so that not even they are left behind.
    """
    quick = override_settings(
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        ACCOUNT_RATE_LIMITS=False,
        MFA_RATE_LIMITS=False,
    )
    with quick, django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)
