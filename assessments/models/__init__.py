"""Attempts at scenarios and quizzes, their answers, and comments on them."""

from assessments.models.answer import Answer
from assessments.models.attempt import Attempt, AttemptMode, AttemptState
from assessments.models.comment import MomentComment

__all__ = ["Answer", "Attempt", "AttemptMode", "AttemptState", "MomentComment"]
