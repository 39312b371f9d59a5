"""Courses, their published content, assignments and progress."""

from courses.models.activity import Activity, ActivityKind
from courses.models.assignment import Assignment
from courses.models.course import Course, Module
from courses.models.enrolment import Enrolment
from courses.models.frame import SkillFrameVersion
from courses.models.progress import ActivityProgress, BlockResponse, ModuleCompletion
from courses.models.revision import ChangeKind, ContentRevision, MediaFile

__all__ = [
    "Activity",
    "ActivityKind",
    "ActivityProgress",
    "Assignment",
    "BlockResponse",
    "ChangeKind",
    "ContentRevision",
    "Course",
    "Enrolment",
    "MediaFile",
    "Module",
    "ModuleCompletion",
    "SkillFrameVersion",
]
