"""What people and invitations tell the apps above.

Both are sent inside the transaction of the change: what a receiver writes is kept or undone with
it, and a receiver that fails undoes the change.
"""

from django.dispatch import Signal

# When an invitation was made or renewed.
# Arguments: invitation (Invitation), token (str: the secret of its link, kept nowhere else).
invitation_made = Signal()

# When a person's time zone, working hours or working days have changed.
# Arguments: user (User, as it is now).
working_time_changed = Signal()
