"""Who may what: the permissions, and the roles that grant them. Scope is in `queries`."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is here for; one person may have several."""

    AGENT = "agent", _("Agent")
    LEAD = "lead", _("Team lead")
    AUTHOR = "author", _("Author")
    ADMIN = "admin", _("Admin")


class Permission(StrEnum):
    """One thing that one may do. On whose data is for the query of that page to say."""

    LEARN = "learn"
    SEE_TEAM = "see_team"
    ASSIGN_LEARNING = "assign_learning"
    LEAD_SESSIONS = "lead_sessions"
    ANSWER_VIEWS = "answer_views"
    MARK_ANSWERS = "mark_answers"
    RATE_OPTIONS = "rate_options"
    GIVE_EXTRA_TIME = "give_extra_time"
    OVERSEE_SESSIONS = "oversee_sessions"
    REVIEW_NOTES = "review_notes"
    TUNE_SKILLS = "tune_skills"
    SEE_CONTENT = "see_content"
    PUBLISH_CONTENT = "publish_content"
    MANAGE_PEOPLE = "manage_people"
    SEE_MAIL = "see_mail"
    RESEND_MAIL = "resend_mail"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.LEARN}),
    Role.LEAD: frozenset(
        {
            Permission.LEARN,
            Permission.SEE_TEAM,
            Permission.ASSIGN_LEARNING,
            Permission.LEAD_SESSIONS,
            Permission.ANSWER_VIEWS,
            Permission.MARK_ANSWERS,
            Permission.RATE_OPTIONS,
            Permission.GIVE_EXTRA_TIME,
        }
    ),
    Role.AUTHOR: frozenset(
        {
            Permission.LEARN,
            Permission.SEE_CONTENT,
            Permission.PUBLISH_CONTENT,
            Permission.RATE_OPTIONS,
        }
    ),
    Role.ADMIN: frozenset(Permission),
}

# Roles that see other people's data or change what everybody reads sign in with two steps.
ROLES_WITH_SECOND_STEP = frozenset({Role.LEAD, Role.AUTHOR, Role.ADMIN})


def names_of(roles: Iterable[str]) -> str:
    """Return the names of roles in one line, such as "Team lead, Author"."""
    return ", ".join(str(Role(role).label) for role in roles)


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """Return everything that these roles grant together."""
    return frozenset().union(*(GRANTS[Role(role)] for role in roles))
