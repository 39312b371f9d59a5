"""Invitations: how a new person gets in."""

import hashlib
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.people.models.team import Team
from portal.people.permissions import Role


def hash_of(token: str) -> str:
    """Return what is kept of the token in an invitation's link."""
    return hashlib.sha256(token.encode()).hexdigest()


_IS_PENDING = models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Small named filters on invitations."""

    def pending(self) -> "InvitationQuerySet":
        """Keep what was neither accepted nor withdrawn; its link may have expired."""
        return self.filter(_IS_PENDING)


class Invitation(models.Model):
    """A person asked to join. The link holds a token of which only the hash is kept."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150)
    roles = ArrayField(models.CharField(max_length=10, choices=Role.choices))
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="invitations_sent",
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitation",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("invitation")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=_IS_PENDING,
                name="one_open_invitation_per_address",
            ),
            models.CheckConstraint(
                name="invitation_accepted_fields_together",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("-id",),
                condition=_IS_PENDING,
                name="open_invitations_latest_first",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def is_open(self, now: datetime) -> bool:
        """Whether the link in the mail still works."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
