"""How many assessed attempts somebody has begun since the module last came back to them."""

from assessments.models import AttemptMode
from portal.kit.sql import kept_rows

# A rule may bring a module back to be done anew: what was begun before that counts no more.
_BEGUN = """
SELECT count(*) FROM assessments_attempt t
WHERE user_id = %(user)s AND activity_id = %(activity)s AND mode = %(mode)s
  AND NOT EXISTS (
    SELECT FROM courses_pastprogress p
    WHERE p.user_id = t.user_id AND p.activity_id = t.activity_id
      AND p.set_aside_at > t.started_at
  )
"""


def assessed_begun(activity: int, user: int) -> int:
    """Return how many assessed attempts count towards the limit of an activity, in one query."""
    params = {"user": user, "activity": activity, "mode": AttemptMode.ASSESSED.value}
    return int(kept_rows(_BEGUN, params)[0][0])
