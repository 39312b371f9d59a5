"""The cards of a module are published in versions that never change."""

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from courses.actions.refreshers import publish_refresher
from courses.content.parsing import ContentError
from courses.models import RefresherVersion
from courses.queries.refreshers import newest_refresher, refresher_of
from tests.factories.courses import ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.refreshers import refresher_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return ModuleFactory()


def published(module, *ids: str):
    return publish_refresher(module, refresher_raw(*ids), by=None, at=MONDAY)


def test_each_change_is_another_version_and_the_newest_counts(module):
    versions = [published(module, "first"), published(module, "first", "second")]

    assert [one.number for one in versions] == [1, 2]
    assert newest_refresher(module.pk) == versions[1]
    assert [card.id for card in refresher_of(versions[0]).cards] == ["first"]
    assert [card.id for card in refresher_of(versions[1]).cards] == ["first", "second"]


def test_the_same_words_are_the_same_version(module):
    assert published(module) == published(module)
    assert RefresherVersion.objects.count() == 1


def test_what_cannot_be_used_is_not_published(module):
    with pytest.raises(ContentError):
        publish_refresher(module, {"title": "No cards"}, by=None, at=MONDAY)
    assert newest_refresher(module.pk) is None


def test_a_version_never_changes(module):
    published(module)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        RefresherVersion.objects.update(number=7)
