"""Comments on moments: writing, mending and deleting one's own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt, MomentComment
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User


class NotForComments(Refusal):
    """The run is private or has no such reply."""


@transaction.atomic
def add_comment(
    attempt: Attempt, *, reply_number: int, words: str, by: User, at: datetime
) -> MomentComment:
    """Pin words to a reply of a run that `by` may see.

    Raises:
        NotForComments: only its owner sees the run, or it has no such reply.
    """
    replies = attempt.answers.filter(payload__has_key="choice").count()
    if not attempt.is_seen_by_leads or not 1 <= reply_number <= replies:
        raise NotForComments(_("There is nothing here to comment on."))
    comment = MomentComment.objects.create(
        attempt=attempt, reply_number=reply_number, author=by, words=words, written_at=at
    )
    record("commented", attempt, by=by, at=at, comment=comment.pk)
    return comment


@transaction.atomic
def edit_comment(comment: MomentComment, *, words: str, by: User, at: datetime) -> None:
    """Put other words in the place of one's own comment; it then says that it was edited."""
    comment.words = words
    comment.edited_at = at
    comment.save(update_fields=["words", "edited_at"])
    record("edited_comment", comment.attempt, by=by, at=at, comment=comment.pk)


@transaction.atomic
def delete_comment(comment: MomentComment, *, by: User, at: datetime) -> None:
    """Delete one's own comment; the record keeps that there was one, not its words."""
    record("deleted_comment", comment.attempt, by=by, at=at, comment=comment.pk)
    comment.delete()
