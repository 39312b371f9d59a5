"""Publishing the skill frame: a version once published is never changed."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from courses.content.skill_frame import parse_frame, read_frame_file
from courses.content.skills import BEHAVIOUR_PREFIXES, Skill
from courses.models import SkillFrameVersion
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

NEW_CODE = "new"


class FrameWasPublished(Refusal):
    """Another text was published under this number before."""


class FrameHasChanged(Refusal):
    """Somebody published another version in the meantime."""


def publish_frame(
    raw: Mapping[str, Any], *, at: datetime, is_own: bool = False
) -> SkillFrameVersion:
    """Publish a frame under the number that it names; safe to repeat.

    Raises:
        ContentError: the frame cannot be used.
        FrameWasPublished: the number stands for another text; nothing was changed.
    """
    frame = parse_frame(raw)
    # Spelled as in the versions that are there; another spelling would refuse the same words.
    digest = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
    fresh = SkillFrameVersion(
        number=frame.version, content=raw, content_sha256=digest, published_at=at, is_own=is_own
    )
    SkillFrameVersion.objects.bulk_create([fresh], ignore_conflicts=True)
    stored = SkillFrameVersion.objects.get(number=frame.version)
    if stored.content_sha256 != digest:
        raise FrameWasPublished(
            f"Version {frame.version} of the skill frame was published with other words."
            " Give the new text the next number."
        )
    return stored


def load_frame(raw: Mapping[str, Any], *, at: datetime) -> SkillFrameVersion:
    """Publish the frame of the files, unless this site has worded its own: then that one stays.

    Raises:
        ContentError, FrameWasPublished: as `publish_frame`.
    """
    newest = SkillFrameVersion.objects.newest()
    if newest and newest.is_own:
        return newest
    return publish_frame(raw, at=at)


@transaction.atomic
def reword_skill(
    skill: Skill, raw: Mapping[str, Any], *, based_on: int, by: User, at: datetime
) -> SkillFrameVersion:
    """Publish the next version of the frame, with other words for one skill.

    `raw` is that skill as in the frame's file; a behavior with the code `new` gets the next one
    that no version ever used.

    Raises:
        FrameHasChanged: `based_on` is not the newest version any more; nothing was written.
        ContentError: the words cannot be used.
    """
    frame_in_force(at=at)
    # The first version is always there: whoever has its lock is alone in adding another.
    SkillFrameVersion.objects.select_for_update().earliest("number")
    newest = SkillFrameVersion.objects.latest("number")
    if newest.number != based_on:
        raise FrameHasChanged(
            _("Somebody published another version just now. Copy your words, and open it again.")
        )
    contents = SkillFrameVersion.objects.values_list("content", flat=True)
    fresh = _next_code(skill, contents)
    behaviours = [
        one | {"code": fresh if one["code"] == NEW_CODE else one["code"]}
        for one in raw["behaviours"]
    ]
    skills = [
        {**one, **raw, "behaviours": behaviours} if one["skill"] == skill else one
        for one in newest.content["skills"]
    ]
    content = {**newest.content, "version": newest.number + 1, "skills": skills}
    made = publish_frame(content, at=at, is_own=True)
    record("reworded skill", made, by=by, at=at, skill=str(skill), number=made.number)
    return made


def _next_code(skill: Skill, contents: Iterable[Mapping[str, Any]]) -> str:
    prefix = next(one for one, of in BEHAVIOUR_PREFIXES.items() if of is skill)
    used = re.findall(rf'"{prefix}(\d+)"', json.dumps(list(contents)))
    return f"{prefix}{max(map(int, used), default=0) + 1}"


def frame_in_force(*, at: datetime) -> SkillFrameVersion:
    """Return the newest version without its words; before there is any, publish what ships."""
    return _IN_FORCE.first() or publish_frame(read_frame_file(settings.LIBRARY_ROOT), at=at)


_IN_FORCE = StoredQuery(lambda: SkillFrameVersion.objects.defer("content").order_by("-number")[:1])
