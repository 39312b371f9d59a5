"""The lead's pages: how the team is doing, one person, and one assignment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from courses.actions.assigning import undo_assignment
from courses.queries.by_name import Place
from courses.queries.following import (
    assignment_page,
    assignments_visible_to,
    person_learning,
)
from courses.queries.matrix import matrix_of
from courses.queries.overseen import overseen_by
from courses.queries.rollup import rollup_of
from courses.queries.rules import rule_page
from courses.queries.team import (
    latest_assignments_of,
    names_of,
    team_overview,
    team_page,
    teams_to_choose,
)
from courses.views.team_filter import filter_bar
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import person_overseen_by, team_names_of, teams_overseen_by
from portal.people.views.paging import place, without_place


@require_GET
@requires(Permission.SEE_TEAM)
def team(request: HttpRequest) -> HttpResponse:
    """Show what needs the lead, and how everybody is doing."""
    at, viewer = now(), request.user
    people, teams = overseen_by(viewer), teams_to_choose(viewer)
    bar = filter_bar(request, teams)
    context = bar | {
        "people": people,
        "team_names": names_of(teams),
        "overview": team_overview(people, now=at),
        "page": team_page(people, bar["wanted"], _place(request), now=at),
        "assignments": latest_assignments_of(viewer),
        "query": without_place(request),
        "typed": request.GET.get("name", ""),
    }
    return render(request, "courses/team.html", context)


@require_GET
@requires(Permission.SEE_TEAM)
def matrix(request: HttpRequest) -> HttpResponse:
    """Show people by modules on one page."""
    viewer = request.user
    bar, people = filter_bar(request, teams_to_choose(viewer)), overseen_by(viewer)
    found = matrix_of(people, bar["wanted"], _place(request), now=now())
    context = bar | {"matrix": found, "query": without_place(request)}
    return render(request, "courses/matrix.html", context)


@require_GET
@requires(Permission.SEE_TEAM)
def rollup(request: HttpRequest) -> HttpResponse:
    """Show sites, programs and teams with how their people's duties stand."""
    viewer, pk = request.user, request.GET.get("within", "")
    overseen = teams_overseen_by(viewer)
    within = get_object_or_404(overseen, pk=int(pk)) if pk.isdecimal() else None
    above = overseen.filter(pk=within.parent_id).first() if within else None
    context = {"page": rollup_of(viewer, within, now=now()), "within": within, "above": above}
    return render(request, "courses/rollup.html", context)


@require_GET
@requires(Permission.SEE_TEAM)
def person(request: HttpRequest, person: int) -> HttpResponse:
    """Show everything one person was assigned, activity by activity."""
    try:
        found = person_overseen_by(request.user, person)
    except User.DoesNotExist:
        raise Http404 from None
    context = {"learning": person_learning(found, now=now()), "teams": team_names_of(found)}
    return render(request, "courses/person.html", context)


@require_GET
@requires(Permission.SEE_TEAM)
def assignment(request: HttpRequest, assignment: int) -> HttpResponse:
    """Show whom an assignment reached, and how each of them stands."""
    at, viewer = now(), request.user
    visible = assignments_visible_to(viewer).select_related(
        "module__course", "course", "made_by", "passed_to", "stopped_by"
    )
    found = get_object_or_404(visible, pk=assignment)
    context = {
        "assignment": found,
        "can_undo": found.made_by == viewer and found.can_be_undone(at),
        "rule": rule_page(found, viewer, now=at) if found.goes_on else None,
        "page": assignment_page(found, viewer, _place(request), now=at),
    }
    return render(request, "courses/assignment.html", context)


@require_POST
@requires(Permission.ASSIGN_LEARNING)
def undo(request: HttpRequest, assignment: int) -> HttpResponse:
    """Take back an assignment that the lead has just made."""
    found = get_object_or_404(request.user.assignments_made, pk=assignment)
    try:
        people = undo_assignment(found, by=request.user, at=now())
        done = ngettext("Undone for %(n)d person.", "Undone for %(n)d people.", people)
        messages.success(request, done % {"n": people})
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("courses:assignment", found.pk)


def _place(request: HttpRequest) -> Place:
    return Place(after=place(request, "after"), before=place(request, "before"))
