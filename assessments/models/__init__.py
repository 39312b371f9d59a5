"""Attempts at scenarios and quizzes, what is said about them, and what they show."""

from assessments.models.answer import Answer
from assessments.models.attempt import ENDED, Attempt, AttemptMode, AttemptState
from assessments.models.coach import CoachReport, OwnMark
from assessments.models.comment import MomentComment
from assessments.models.estimate import SkillEstimate
from assessments.models.evidence import EvidenceKind, EvidenceSource, SkillEvidence
from assessments.models.extra_time import ExtraTime
from assessments.models.mark import AnswerMark
from assessments.models.mark_correction import MarkCorrection
from assessments.models.noise_scale import NoiseScale
from assessments.models.own_view import OtherView, SelfRating
from assessments.models.refresher import (
    CardKind,
    CardReview,
    RefresherPause,
    RetiredAs,
    SpacedCard,
)
from assessments.models.regrading import Regrade, Regrading
from assessments.models.safety import SafetyCheck
from assessments.models.statistic import QuizStatistic
from assessments.models.tally import ItemTally

__all__ = [
    "ENDED",
    "Answer",
    "AnswerMark",
    "Attempt",
    "AttemptMode",
    "AttemptState",
    "CardKind",
    "CardReview",
    "CoachReport",
    "EvidenceKind",
    "EvidenceSource",
    "ExtraTime",
    "ItemTally",
    "MarkCorrection",
    "MomentComment",
    "NoiseScale",
    "OtherView",
    "OwnMark",
    "QuizStatistic",
    "RefresherPause",
    "Regrade",
    "Regrading",
    "RetiredAs",
    "SafetyCheck",
    "SelfRating",
    "SkillEstimate",
    "SkillEvidence",
    "SpacedCard",
]
