"""The names of the mails about skills."""

VIEW_WAITING = "view_waiting"
VIEW_ANSWERED = "view_answered"
