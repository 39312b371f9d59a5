"""Publishing refresher cards: each change is another version; an earlier one stays as it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.actions.versions import next_version
from courses.content.extras import parse_refresher
from courses.models import Module, RefresherVersion
from portal.people.models import User


@transaction.atomic
def publish_refresher(
    module: Module, raw: Mapping[str, Any], *, by: User | None, at: datetime
) -> RefresherVersion:
    """Publish the cards of a module; the same words again give the version there is.

    Raises:
        ContentError: the cards cannot be used.
    """
    parse_refresher(raw)
    Module.objects.select_for_update(of=("self",)).get(pk=module.pk)
    return next_version(module.refreshers.all(), raw, by=by, at=at, module=module)
