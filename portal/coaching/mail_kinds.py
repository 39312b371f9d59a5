"""The names of the mails about sessions."""

INVITATION = "session_invitation"
CANCELLED = "session_cancelled"
REMINDER = "session_reminder"
NEWS = "session_news"
SUMMARY = "session_summary"
CALIBRATION = "calibration_invitation"
NUDGE = "nudge"
