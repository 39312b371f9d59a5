"""Skills: one's own profile, that of a person one oversees, and a team at a glance."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assessments.forms.team_skills import wanted_in
from assessments.queries.patients import patients_of
from assessments.queries.skill_groups import ORDER, skill_groups
from assessments.queries.skill_profile import WORDS, skill_page, skill_profile
from assessments.queries.team_skills import team_skills
from courses.content.skills import Skill
from courses.queries.by_name import Place
from courses.queries.overseen import overseen_by
from courses.queries.team import teams_to_choose
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import people_overseen_by, teams_overseen_by
from portal.people.views.paging import place, without_place


@require_GET
@requires(Permission.LEARN)
def my_skills(request: HttpRequest) -> HttpResponse:
    """Show somebody their own skills."""
    context = {
        "profile": skill_profile(request.user, now=now()),
        "patients": patients_of(request.user),
        "is_own": True,
    }
    return render(request, "assessments/skill_profile.html", context)


@require_GET
@requires(Permission.LEARN)
def my_skill(request: HttpRequest, skill: str) -> HttpResponse:
    """Show somebody one of their own skills, with every piece of evidence."""
    return _skill_page(request, request.user, skill_or_404(skill), is_own=True)


@require_GET
@requires(Permission.SEE_TEAM)
def person_skills(request: HttpRequest, person: int) -> HttpResponse:
    """Show the skills of somebody whom the viewer oversees."""
    found = get_object_or_404(people_overseen_by(request.user), pk=person)
    context = {"profile": skill_profile(found, now=now()), "is_own": False}
    return render(request, "assessments/skill_profile.html", context)


@require_GET
@requires(Permission.SEE_TEAM)
def person_skill(request: HttpRequest, person: int, skill: str) -> HttpResponse:
    """Show one skill of somebody whom the viewer oversees."""
    found = get_object_or_404(people_overseen_by(request.user), pk=person)
    return _skill_page(request, found, skill_or_404(skill), is_own=False)


@require_GET
@requires(Permission.SEE_TEAM)
def team_at_a_glance(request: HttpRequest) -> HttpResponse:
    """Show the skills of everybody whom the viewer oversees, by name and never by rank."""
    viewer, teams = request.user, teams_to_choose(request.user)
    wanted = wanted_in(request.GET, viewer)
    where = _where(request)
    people = overseen_by(viewer)
    context = {
        "people": people,
        "page": team_skills(people, wanted, where, now=now()),
        "wanted": wanted,
        "teams": teams if len(teams) > 1 else [],
        "skills": list(Skill),
        "words": WORDS.items(),
        "query": without_place(request),
        "can_check": viewer.may(Permission.TUNE_SKILLS),
    }
    return render(request, "assessments/team_skills.html", context)


@require_GET
@requires(Permission.SEE_TEAM)
def groups(request: HttpRequest) -> HttpResponse:
    """Show teams beside each other as distributions, those right below one (`?within=`)."""
    wanted = request.GET.get("within", "")
    overseen = teams_overseen_by(request.user)
    within = get_object_or_404(overseen, pk=place(request, "within")) if wanted else None
    context = {
        "page": skill_groups(request.user, within, now=now()),
        "above": within.parent_id if within and overseen.filter(pk=within.parent_id) else None,
        "words": [(word, WORDS[word]) for word in ORDER],
    }
    return render(request, "assessments/skill_groups.html", context)


def _skill_page(request: HttpRequest, person: User, skill: Skill, *, is_own: bool) -> HttpResponse:
    page = skill_page(person, skill, _where(request), now=now())
    return render(request, "assessments/skill.html", {"page": page, "is_own": is_own})


def _where(request: HttpRequest) -> Place:
    return Place(after=place(request, "after"), before=place(request, "before"))


def skill_or_404(name: str) -> Skill:
    """Return the skill of this name; there are five."""
    try:
        return Skill(name)
    except ValueError:
        raise Http404 from None
