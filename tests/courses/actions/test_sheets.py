"""Job aids and guides for leads are published in versions that never change."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from courses.actions.sheets import publish_sheet
from courses.content.parsing import ContentError
from courses.models import SheetKind, SheetVersion
from courses.queries.sheets import NEWEST_SHEET, job_aid_page
from tests.factories.courses import ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.sheets import give_sheets, job_aid_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return ModuleFactory()


def published(module, **changes: Any):
    return publish_sheet(module, SheetKind.JOB_AID, job_aid_raw(**changes), by=None, at=MONDAY)


def test_each_change_is_another_version_and_the_newest_is_read(module):
    versions = [published(module), published(module, title="The last two minutes")]

    assert [one.number for one in versions] == [1, 2]
    newest = NEWEST_SHEET.get(course=module.course.slug, module=module.slug, kind="job-aid")
    assert job_aid_page(newest).aid.title == "The last two minutes"


def test_the_same_words_are_the_same_version(module):
    assert published(module) == published(module)
    assert SheetVersion.objects.count() == 1


def test_a_guide_counts_apart_from_the_job_aid(module):
    published(module)
    published(module, title="Another")

    assert [one.number for one in give_sheets(module)] == [3, 1]


def test_what_cannot_be_used_is_not_published(module):
    with pytest.raises(ContentError):
        publish_sheet(module, SheetKind.JOB_AID, {"title": "No steps"}, by=None, at=MONDAY)
    assert not SheetVersion.objects.exists()


def test_a_version_never_changes(module):
    published(module)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SheetVersion.objects.update(number=7)
