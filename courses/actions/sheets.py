"""Publishing job aids and guides for leads: each change is another version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.actions.versions import next_version
from courses.content.extras import parse_sheet
from courses.models import Module, SheetKind, SheetVersion
from portal.people.models import User


@transaction.atomic
def publish_sheet(
    module: Module, kind: SheetKind, raw: Mapping[str, Any], *, by: User | None, at: datetime
) -> SheetVersion:
    """Publish a page of a module; the same words again give the version there is.

    Raises:
        ContentError: the page cannot be used.
    """
    parse_sheet(kind, raw)
    Module.objects.select_for_update(of=("self",)).get(pk=module.pk)
    return next_version(
        module.sheets.filter(kind=kind), raw, by=by, at=at, module=module, kind=kind
    )
