"""The names of the mails about skills and quizzes."""

VIEW_WAITING = "view_waiting"
VIEW_ANSWERED = "view_answered"
ANSWERS_WAITING = "answers_waiting"
ANSWERS_MARKED = "answers_marked"
REFRESHERS_DUE = "refreshers_due"
REGRADED = "quiz_regraded"
MARK_CORRECTED = "mark_corrected"
