"""Kudos and comments on what somebody finished, for them and for their leads."""

from datetime import datetime, timedelta

from courses.models import Enrolment, ModuleCompletion
from portal.coaching.models import CompletionWords
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

LATELY, LATEST_SHOWN = timedelta(days=7), 3


def completion_of(enrolment: Enrolment) -> ModuleCompletion | None:
    """Return the completion that ended a duty; None while it is not finished."""
    if enrolment.completed_at is None:
        return None
    done = ModuleCompletion.objects.filter(user=enrolment.user_id, module=enrolment.module_id)
    by_then = done.filter(completed_at__lte=enrolment.completed_at)
    return by_then.select_related("user", "module").order_by("-number").first()


def words_on(completion: ModuleCompletion) -> list[CompletionWords]:
    """Return what was said about a completion, in the order it was said."""
    return list(completion.words.select_related("by"))


def words_about(user: User, module: int) -> list[CompletionWords]:
    """Return what was said to somebody about one module, whenever they finished it."""
    return _ABOUT.all(user=user.pk, module=module)


def latest_words_to(user: User, *, now: datetime) -> list[CompletionWords]:
    """Return what was said to somebody within a week, the latest first."""
    return _LATEST.all(user=user.pk, since=now - LATELY)


_ABOUT = StoredQuery(
    lambda user, module: (
        CompletionWords.objects.filter(completion__user=user, completion__module=module)
        .select_related("by")
        .order_by("at", "pk")
    )
)
_LATEST = StoredQuery(
    lambda user, since: (
        CompletionWords.objects.filter(completion__user=user, at__gte=since)
        .select_related("by", "completion__module__course")
        .order_by("-at", "-pk")[:LATEST_SHOWN]
    )
)
