"""A person who uses Attune."""

from collections.abc import Iterator
from datetime import time
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.kit.sql import kept_rows
from portal.people.permissions import (
    ROLES_WITH_SECOND_STEP,
    Permission,
    Role,
    names_of,
    permissions_of,
)

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
LONGEST_TAG = 40


class Theme(models.TextChoices):
    """How bright a person likes the pages."""

    AUTO = "auto", _("Same as my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class CallersWait(models.TextChoices):
    """How long the patients of practice calls wait for a person's answer, where they do."""

    AS_WRITTEN = "written", _("As the call was written")
    LONGER = "longer", _("Half as long again")
    DOUBLE = "double", _("Twice as long")
    UNLIMITED = "unlimited", _("No limit: show how long, and let nothing happen")
    OFF = "off", _("Off: don’t show it at all")

    @property
    def factor(self) -> float | None:
        """How many times as long they wait as was written; None: for ever."""
        return {"written": 1.0, "longer": 1.5, "double": 2.0}.get(self.value)


class UserQuerySet(models.QuerySet["User"]):
    """Small named filters on people."""

    def active(self) -> "UserQuerySet":
        """Keep people who can sign in and get mail."""
        return self.filter(is_active=True)

    def by_name(self) -> "UserQuerySet":
        """Order as a reader expects a list of people."""
        return self.order_by(Lower("name"), "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made by Django as it starts
    """Creates people; the e-mail address is the login."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password they can sign in only by invitation or reset."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator, who may also open the Django admin."""
        fields |= {"is_staff": True, "is_superuser": True, "roles": [Role.ADMIN]}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by login, whatever its case."""
        found: User = self.get(email__iexact=username)
        return found


def check_zone(zone: str) -> None:
    """Refuse a name that is not an IANA time zone."""
    if zone not in available_timezones():
        raise ValidationError(_("Choose a time zone from the list."))


def working_days_default() -> list[int]:
    """Return Monday to Friday, counted from Monday = 0."""
    return list(MONDAY_TO_FRIDAY)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: how to sign in, how to be called, and when they work."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    roles = ArrayField(
        models.CharField(max_length=10, choices=Role.choices), default=list, blank=True
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="America/New_York",
        validators=[check_zone],
    )
    language = models.CharField(_("language"), max_length=12, default="en-us")
    work_starts = models.TimeField(_("work starts"), default=time(9))
    work_ends = models.TimeField(_("work ends"), default=time(17))
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=working_days_default)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    shortcuts_enabled = models.BooleanField(_("single-key shortcuts"), default=True)
    callers_wait = models.CharField(
        _("how long practice callers wait"),
        max_length=9,
        choices=CallersWait,
        default=CallersWait.AS_WRITTEN,
    )
    tags = ArrayField(
        models.CharField(max_length=LONGEST_TAG),
        default=list,
        db_default=[],
        blank=True,
        help_text="Words that leads and admins sort people by, in small letters.",
    )
    joined_on = models.DateField(_("joined on"), default=timezone.localdate)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    is_active = models.BooleanField(_("can sign in"), default=True)
    is_staff = models.BooleanField(_("may open the operators' admin"), default=False)
    session_epoch = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Raised to end all of the person's sessions at their next request.",
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="person_email_is_unique"),
            models.CheckConstraint(
                name="person_roles_are_known",
                condition=models.Q(roles__contained_by=Role.values),
            ),
            models.CheckConstraint(
                name="person_working_days_are_weekdays",
                condition=models.Q(working_days__contained_by=list(range(7))),
            ),
        )
        indexes = (
            models.Index(Lower("name"), "id", name="person_by_name"),
            models.Index(
                Lower("name"),
                "id",
                condition=models.Q(is_active=False),
                name="deactivated_person_by_name",
            ),
            GinIndex(fields=("roles",), name="person_by_role"),
            GinIndex(fields=("tags",), name="person_by_tag"),
            models.Index(fields=("tags",), condition=~models.Q(tags=[]), name="people_with_tags"),
            # What `icontains` compiles to, so that searching 50,000 people reads only the matches.
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_search"),
            GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="person_email_search"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The word one would greet this person with."""
        return str(self).split()[0]

    @property
    def role_names(self) -> str:
        """The person's roles in one line, such as "Team lead, Author"."""
        return names_of(self.roles)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything this person's roles grant."""
        return permissions_of(self.roles)

    @cached_property
    def led_paths(self) -> list[str]:
        """The paths of the teams this person leads now; read once for each request.

        Written out in a query, a path is looked up in its index, however many teams there are.
        """
        return [path for (path,) in kept_rows(_LED_PATHS, {"user": self.pk})]

    def may(self, permission: Permission) -> bool:
        """Say whether this person's roles grant `permission`."""
        return self.is_active and permission in self.permissions

    @property
    def needs_second_step(self) -> bool:
        """Whether what this person may see or change calls for a second step when signing in."""
        return self.is_staff or not ROLES_WITH_SECOND_STEP.isdisjoint(self.roles)

    def get_session_auth_hash(self) -> str:
        """Tie sessions to the password and to `session_epoch`: changing either ends them all."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Give the hashes of sessions from before the secret key was changed."""
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes) -> str:
        value = f"{self.session_epoch}:{self.password}"
        return salted_hmac("portal.people.session", value, secret, algorithm="sha256").hexdigest()


_LED_PATHS = """
SELECT t.path FROM people_membership m JOIN people_team t ON t.id = m.team_id
WHERE m.user_id = %(user)s AND m.is_lead AND m.ended_on IS NULL
ORDER BY t.path
"""


def display_name(user: User) -> str:
    """Return how allauth's pages and mails call a person."""
    return str(user)
