"""Publishing the skill frame: a version once published is never changed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from courses.content.skill_frame import parse_frame, read_frame_file
from courses.models import SkillFrameVersion
from portal.kit.errors import Refusal


class FrameWasPublished(Refusal):
    """Another text was published under this number before."""


def publish_frame(raw: Mapping[str, Any], *, at: datetime) -> SkillFrameVersion:
    """Publish a frame under the number that it names; safe to repeat.

    Raises:
        ContentError: the frame cannot be used.
        FrameWasPublished: the number stands for another text; nothing was changed.
    """
    frame = parse_frame(raw)
    digest = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
    fresh = SkillFrameVersion(
        number=frame.version, content=raw, content_sha256=digest, published_at=at
    )
    SkillFrameVersion.objects.bulk_create([fresh], ignore_conflicts=True)
    stored = SkillFrameVersion.objects.get(number=frame.version)
    if stored.content_sha256 != digest:
        raise FrameWasPublished(
            f"Version {frame.version} of the skill frame was published with other words."
            " Give the new text the next number."
        )
    return stored


def frame_in_force(*, at: datetime) -> SkillFrameVersion:
    """Return the newest version; before the first one, publish the one that ships."""
    newest = SkillFrameVersion.objects.newest()
    return newest or publish_frame(read_frame_file(settings.LIBRARY_ROOT), at=at)
