"""Questions at their addresses, for a quiz that takes one over."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from courses.content.reuse import question_in
from courses.models import ActivityKind, ContentRevision

_PARTS = 3


def question_at(address: str) -> Mapping[str, Any] | None:
    """Return what learners are asked at `course/module/quiz#question`; None where nothing is."""
    where, _, item_id = address.partition("#")
    parts = where.split("/")
    if len(parts) != _PARTS or "\x00" in address:
        return None
    course, module, quiz = parts
    live = ContentRevision.objects.filter(
        activity__live_revision=F("pk"),
        activity__slug=quiz,
        activity__module__slug=module,
        activity__module__course__slug=course,
        activity__kind=ActivityKind.QUIZ,
    )
    content = live.values_list("content", flat=True).first()
    return question_in(content, item_id) if content else None
