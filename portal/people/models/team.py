"""Teams as a tree, and who belongs to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TeamKind(models.TextChoices):
    """The three levels of the tree."""

    SITE = "site", _("Site")
    PROGRAMME = "programme", _("Program")
    TEAM = "team", _("Team")


class Team(models.Model):
    """A group of people; `path` holds the ids from the root down, as in `/1/4/9/`.

    Everything below a team has a path that starts with the team's own.
    """

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=TeamKind, default=TeamKind.TEAM)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = _("team")
        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(
                fields=("parent", "name"),
                name="team_name_is_unique_among_siblings",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="only_sites_stand_at_the_root",
                condition=models.Q(kind=TeamKind.SITE, parent__isnull=True)
                | (~models.Q(kind=TeamKind.SITE) & models.Q(parent__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Small named filters on memberships."""

    def current(self) -> "MembershipQuerySet":
        """Keep memberships that have not ended."""
        return self.filter(ended_on__isnull=True)


class Membership(models.Model):
    """Somebody's place in a team, as a member or as its lead; kept after it has ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    is_lead = models.BooleanField(_("leads the team"), default=False)
    began_on = models.DateField(_("since"), default=timezone.localdate)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Membership"]] = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "team"),
                condition=models.Q(ended_on__isnull=True),
                name="one_current_membership_per_person_and_team",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_began",
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("began_on")),
            ),
        )
        indexes = (
            models.Index(
                fields=("team", "user"),
                condition=models.Q(ended_on__isnull=True),
                name="current_members_of_a_team",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"
