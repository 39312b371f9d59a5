"""Feedback sessions, their agenda, notes and what was agreed."""

from portal.coaching.models.action_item import ActionItem
from portal.coaching.models.agenda_item import AgendaItem, AgendaKind
from portal.coaching.models.calendar_feed import CalendarFeed
from portal.coaching.models.calibration import (
    AgreedExample,
    CalibrationMark,
    CalibrationRound,
    CalibrationSeat,
)
from portal.coaching.models.completion_words import CompletionWords
from portal.coaching.models.mentoring import MentoringPair
from portal.coaching.models.notes_request import NoteReading, NotesRequest
from portal.coaching.models.observation import BehaviourRating, Observation
from portal.coaching.models.private_note import PrivateNote
from portal.coaching.models.series import SessionSeries
from portal.coaching.models.session import (
    FeedbackSession,
    InvitationAnswer,
    SessionKind,
    SessionState,
)

__all__ = [
    "ActionItem",
    "AgendaItem",
    "AgendaKind",
    "AgreedExample",
    "BehaviourRating",
    "CalendarFeed",
    "CalibrationMark",
    "CalibrationRound",
    "CalibrationSeat",
    "CompletionWords",
    "FeedbackSession",
    "InvitationAnswer",
    "MentoringPair",
    "NoteReading",
    "NotesRequest",
    "Observation",
    "PrivateNote",
    "SessionKind",
    "SessionSeries",
    "SessionState",
]
