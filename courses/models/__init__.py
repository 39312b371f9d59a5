"""Courses, their published content, assignments and progress."""

from courses.models.activity import Activity, ActivityKind, EarlierDraft
from courses.models.assignment import Assignment, PausedAs
from courses.models.change import ChangeOfDuty, EnrolmentChange
from courses.models.course import Course, Module
from courses.models.enrolment import Enrolment
from courses.models.frame import SkillFrameVersion
from courses.models.panel import KeyPanel, PanelSeat
from courses.models.programme import Programme, ProgrammeVersion
from courses.models.progress import (
    ActivityProgress,
    BlockResponse,
    ModuleCompletion,
    PastProgress,
)
from courses.models.question import BankQuestion
from courses.models.refresher import RefresherVersion
from courses.models.revision import ChangeKind, ContentRevision, MediaFile
from courses.models.rule_run import RuleRun
from courses.models.saved_view import SavedView
from courses.models.sheet import SheetKind, SheetVersion
from courses.models.version import PublishedVersion

__all__ = [
    "Activity",
    "ActivityKind",
    "ActivityProgress",
    "Assignment",
    "BankQuestion",
    "BlockResponse",
    "ChangeKind",
    "ChangeOfDuty",
    "ContentRevision",
    "Course",
    "EarlierDraft",
    "Enrolment",
    "EnrolmentChange",
    "KeyPanel",
    "MediaFile",
    "Module",
    "ModuleCompletion",
    "PanelSeat",
    "PastProgress",
    "PausedAs",
    "Programme",
    "ProgrammeVersion",
    "PublishedVersion",
    "RefresherVersion",
    "RuleRun",
    "SavedView",
    "SheetKind",
    "SheetVersion",
    "SkillFrameVersion",
]
