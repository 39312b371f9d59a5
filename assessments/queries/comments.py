"""Comments on the moments of runs, for those who see the run."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet

from assessments.models import Attempt, MomentComment
from assessments.queries.answers import attempts_visible_to
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User


def comments_on(attempt: Attempt) -> Mapping[int, list[MomentComment]]:
    """Return the comments of a run by the number of the reply, the earliest first."""
    found: dict[int, list[MomentComment]] = defaultdict(list)
    for comment in _COMMENTS.all(attempt=attempt.pk):
        found[comment.reply_number].append(comment)
    return found


def own_comments(author: User) -> QuerySet[MomentComment]:
    """Return what somebody wrote themselves, on runs that they still see."""
    visible = attempts_visible_to(author).values("pk")
    own = MomentComment.objects.filter(author=author, attempt__in=visible)
    return own.select_related("attempt__user", "attempt__activity")


_COMMENTS = StoredQuery(
    lambda attempt: MomentComment.objects.filter(attempt=attempt).select_related("author")
)
