"""What operators see of people in the Django admin: much to read, little to change."""

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.audit.models import AuditEvent
from portal.kit import clock
from portal.people.actions.accounts import set_operator
from portal.people.actions.teams import create_team, join_team, leave_team, rename_team
from portal.people.models import Invitation, Membership, Team, User

# Django and allauth make editable pages for these, which are replaced or left out. Their modules
# register them when loaded, so they are loaded first.
for _module, _model in (
    ("django.contrib.auth.admin", Group),
    ("allauth.account.admin", EmailAddress),
    ("allauth.mfa.admin", Authenticator),
):
    import_module(_module)
    admin.site.unregister(_model)

admin.site.site_header = admin.site.site_title = _("Attune for operators")


def _is_superuser(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_superuser


class ReadOnlyAdmin(admin.ModelAdmin):
    """Every operator may look; nobody may add, change or delete."""

    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the section to every operator."""
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let every operator look."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let nobody add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let nobody change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let nobody delete."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People. Superusers say here who is an operator; the rest is done on the People page."""

    list_display = ("name", "email", "role_names", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    fields = (
        "email",
        "name",
        "role_names",
        "is_active",
        "is_staff",
        "is_superuser",
        "time_zone",
        "language",
        "joined_on",
        "last_login",
    )
    readonly_fields = tuple(set(fields) - {"is_staff", "is_superuser"})

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let superusers change the rights of others."""
        return _is_superuser(request) and obj != request.user

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        """Keep who is an operator, with a line in the audit record."""
        rights = {"is_staff": obj.is_staff, "is_superuser": obj.is_superuser}
        set_operator(obj, **rights, by=request.user, at=clock.now())


@admin.register(Team)
class TeamAdmin(ReadOnlyAdmin):
    """Teams, which superusers add and rename; their place in the tree stays."""

    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name",)
    autocomplete_fields = ("parent",)
    fields = ("name", "kind", "parent")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let superusers add teams."""
        return _is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let superusers rename teams."""
        return _is_superuser(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Team | None = None) -> Any:
        """Let a team keep its place once it has one."""
        return ("kind", "parent") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Team, form: forms.ModelForm, change: bool
    ) -> None:
        """Add or rename the team, with a line in the audit record."""
        if change:
            rename_team(obj, obj.name, by=request.user, at=clock.now())
            return
        place = {"kind": obj.kind, "parent": obj.parent}
        team = create_team(obj.name, **place, by=request.user, at=clock.now())
        obj.pk, obj.path = team.pk, team.path


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who belongs where. Superusers add memberships and end them; they are kept for the record."""

    list_display = ("user", "team", "is_lead", "began_on", "ended_on")
    list_filter = ("is_lead",)
    list_select_related = ("user", "team")
    search_fields = ("user__name", "user__email", "team__name")
    autocomplete_fields = ("user", "team")
    fields = ("user", "team", "is_lead", "began_on")
    actions = ("end_memberships",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let superusers add somebody to a team."""
        return _is_superuser(request)

    def save_model(
        self, request: HttpRequest, obj: Membership, form: forms.ModelForm, change: bool
    ) -> None:
        """Add the person, with a line in the audit record."""
        membership = join_team(
            obj.user,
            obj.team,
            by=request.user,
            at=clock.now(),
            on=obj.began_on,
            is_lead=obj.is_lead,
        )
        obj.pk = membership.pk

    @admin.action(description=_("End these memberships today"), permissions=["add"])
    def end_memberships(self, request: HttpRequest, chosen: QuerySet[Membership]) -> None:
        """Let people leave teams from today on."""
        now = clock.now()
        for membership in chosen.select_related("user"):
            leave_team(membership, by=request.user, at=now)
        self.message_user(request, _("The memberships have ended."), messages.SUCCESS)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Invitations, open and past."""

    list_display = ("email", "name", "invited_by", "invited_at", "accepted_at", "withdrawn_at")
    list_select_related = ("invited_by",)
    search_fields = ("email", "name")
    ordering = ("-pk",)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    """Addresses people sign in with, and whether they confirmed them."""

    list_display = ("email", "user", "primary", "verified")
    list_select_related = ("user",)
    search_fields = ("email",)


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Who has which second step; what it holds is nobody's to read."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    list_filter = ("type",)
    search_fields = ("user__name", "user__email")
    fields = ("user", "type", "created_at", "last_used_at")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did what, and when."""

    list_display = ("at", "actor_name", "verb", "subject_kind", "subject_id")
    search_fields = ("=actor_name", "=subject_id")
    ordering = ("-at", "-pk")
