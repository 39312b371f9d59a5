"""Attempts at scenarios and quizzes, and their answers."""

from assessments.models.answer import Answer
from assessments.models.attempt import Attempt, AttemptMode, AttemptState

__all__ = ["Answer", "Attempt", "AttemptMode", "AttemptState"]
