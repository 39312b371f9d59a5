"""The list of people, and what an admin may do with one of them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.kit import clock
from portal.kit.access import requires
from portal.kit.errors import Refusal
from portal.people.actions.accounts import (
    change_roles,
    deactivate_person,
    reactivate_person,
    reset_second_step,
)
from portal.people.forms.person import ChangeRolesForm, PeopleFilterForm
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.people import PeopleFilter, people_page
from portal.people.queries.scope import team_names_of
from portal.people.queries.tags import tags_in_use
from portal.people.queries.teams import suggested_teams
from portal.people.second_step import second_steps_of
from portal.people.views.paging import place, without_place

Decide = Callable[..., User]


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Show people by name, narrowed down as asked."""
    form = PeopleFilterForm(request.GET)
    wanted = form.wanted
    page = people_page(wanted, before=place(request, "before"), after=place(request, "after"))
    context = {
        "form": form,
        "page": page,
        "teams": suggested_teams(),
        "tags": tags_in_use(request.user),
        "is_narrowed": wanted != PeopleFilter(),
        "query": without_place(request),
    }
    return render(request, "people/people_list.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show one person, and change their roles."""
    someone = get_object_or_404(User, pk=person_id)
    form = ChangeRolesForm(request.POST or None, initial={"roles": someone.roles})
    if request.method == "POST" and form.is_valid():
        try:
            change_roles(someone, form.cleaned_data["roles"], by=request.user, at=clock.now())
        except Refusal as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, _("%(name)s has new roles.") % {"name": someone})
            return redirect("people:person", someone.pk)
    context = {
        "someone": someone,
        "form": form,
        "teams": team_names_of(someone),
        "has_second_step": bool(second_steps_of(someone)),
    }
    return render(request, "people/person.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask, then keep a person from signing in."""
    done = _("%(name)s can no longer sign in.")
    return _confirm(request, person_id, "people/deactivate.html", deactivate_person, done)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def reactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask, then let a person sign in again."""
    done = _("%(name)s can sign in again.")
    return _confirm(request, person_id, "people/reactivate.html", reactivate_person, done)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def forget_second_step(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask, then let a person who lost their phone set up a new second step."""
    done = _("%(name)s sets up a new second step when they next sign in.")
    return _confirm(request, person_id, "people/forget_second_step.html", reset_second_step, done)


def _confirm(
    request: HttpRequest, person_id: int, template: str, decide: Decide, done: str
) -> HttpResponse:
    someone = get_object_or_404(User, pk=person_id)
    refusal = None
    if request.method == "POST":
        try:
            decide(someone, by=request.user, at=clock.now())
        except Refusal as error:
            refusal = str(error)
        else:
            messages.success(request, done % {"name": someone})
            return redirect("people:person", someone.pk)
    return render(request, template, {"someone": someone, "refusal": refusal})
