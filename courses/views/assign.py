"""Assigning learning: four questions, what would come of the answers, and doing it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions.assigning import assign_learning
from courses.forms.assign import AssignForm
from courses.mails import assignment_letter
from courses.queries.assignments import AssignmentPreview, preview_assignment
from courses.queries.choosing import audience_choices, learning_choices
from courses.queries.everybody import everybody_in
from courses.queries.saved_views import saved_views_of
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.kit.errors import Refusal
from portal.notifications.composing import Letter
from portal.people.models import User
from portal.people.permissions import Permission, Role
from portal.people.queries.tags import tags_in_use

_LISTS = ("person", "team", "role", "tag", "view")
_FIELDS = ("what", *_LISTS, "due_kind", "due_on", "due_days", "closes")
_MORE_FIELDS = ("later", "renew", "remind", "note")
_ALL = (*_FIELDS, *_MORE_FIELDS)


@dataclass(frozen=True)
class Seen:
    """What the lead is shown of an assignment: all it would do, and the mail one person gets.

    `is_news` says that this is not what they saw before they pressed the button.
    """

    preview: AssignmentPreview
    letter: Letter | None
    letter_to: str
    is_news: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def assign(request: HttpRequest) -> HttpResponse:
    """Ask what, who, when and a word; on sending show what would happen, or do what was seen."""
    at = now()
    if request.method != "POST" or "find" in request.POST:
        return _page(request, _unsent_form(request, at))
    form = _sent_form(request, at)
    if not form.is_valid():
        return _page(request, form, status=422)
    seen = _look(form, at, is_news="confirm" in request.POST)
    if _has_seen(request, seen.preview):
        return _do(request, form, at)
    return _page(request, form, seen=seen)


@require_POST
@requires(Permission.ASSIGN_LEARNING)
def preview(request: HttpRequest) -> HttpResponse:
    """Answer a script with what would happen, or with what is still missing."""
    at = now()
    form = _sent_form(request, at)
    seen = _look(form, at) if form.is_valid() else None
    context = {"form": form, "seen": seen}
    return render(request, "courses/components/assign_preview.html", context)


@require_POST
@requires(Permission.ASSIGN_LEARNING)
def everybody(request: HttpRequest) -> HttpResponse:
    """List each person whom the answers name, with each mail, or why they get nothing."""
    at = now()
    form = _sent_form(request, at)
    if not form.is_valid():
        return _page(request, form, status=422)
    after = request.POST.get("after", "")
    place = int(after) if after.isdecimal() else None
    kept = [(name, value) for name in _ALL for value in request.POST.getlist(name)]
    context = {
        "what": form.choice.what,
        "people": everybody_in(form.choice, viewer=form.viewer, at=at, after=place),
        "kept": kept,
        "is_first": place is None,
    }
    return render(request, "courses/assign_everybody.html", context)


@require_POST
@requires(Permission.ASSIGN_LEARNING)
def find(request: HttpRequest, what: str) -> HttpResponse:
    """Answer a script with the learning, or the people and teams, that a search finds."""
    form = _unsent_form(request, now())
    template = f"courses/components/assign_{what}.html"
    return render(request, template, _choices(request, form))


def _unsent_form(request: HttpRequest, at: datetime) -> AssignForm:
    """Return a form with what was chosen or typed so far, and without any complaint."""
    values = request.POST or request.GET
    initial = {
        name: values.getlist(name) if name in _LISTS else values[name]
        for name in _ALL
        if name in values
    }
    return AssignForm(viewer=request.user, today=_today(request, at), initial=initial)


def _sent_form(request: HttpRequest, at: datetime) -> AssignForm:
    return AssignForm(request.POST, viewer=request.user, today=_today(request, at))


def _look(form: AssignForm, at: datetime, *, is_news: bool = False) -> Seen:
    lead, note = form.viewer, form.cleaned_data["note"]
    found = preview_assignment(form.choice, viewer=lead, at=at)
    if not found.reached_people:
        return Seen(found, None, "", is_news)
    first = User.objects.get(pk=found.reached_people[0].id)
    letter = assignment_letter(found, to=first, lead=lead, note=note, at=at)
    return Seen(found, letter, first.first_name, is_news)


def _has_seen(request: HttpRequest, found: AssignmentPreview) -> bool:
    is_the_same = request.POST.get("seen") == found.fingerprint
    return "confirm" in request.POST and is_the_same and found.can_be_made


def _do(request: HttpRequest, form: AssignForm, at: datetime) -> HttpResponse:
    try:
        made = assign_learning(form.choice, by=form.viewer, at=at, note=form.cleaned_data["note"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=409)
    done = ngettext("Assigned to %(n)d person.", "Assigned to %(n)d people.", made.people)
    # The button belongs to the form "undo" of the page that comes next.
    undo = '{} <button class="btn btn-sm" type="submit" form="undo">{}</button>'
    messages.success(request, format_html(undo, done % {"n": made.people}, _("Undo")))
    return redirect("courses:assignment", made.assignment.pk)


def _page(
    request: HttpRequest, form: AssignForm, *, seen: Seen | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "seen": seen, "groups": _groups(form), **_choices(request, form)}
    return render(request, "courses/assign.html", context, status=status)


def _choices(request: HttpRequest, form: AssignForm) -> dict[str, object]:
    """Return the modules, teams and people to choose from, as searched for in this request."""
    values: QueryDict = request.POST or request.GET
    searches = {
        "find_what": values.get("find_what", ""),
        "find_who": values.get("find_who", ""),
    }
    return {
        **searches,
        "learning": learning_choices(searches["find_what"], chosen=form["what"].value() or ""),
        "audience": audience_choices(
            searches["find_who"],
            viewer=form.viewer,
            chosen_people=form["person"].value() or [],
            chosen_teams=form["team"].value() or [],
        ),
    }


def _groups(form: AssignForm) -> dict[str, object]:
    """Return the roles, tags and saved views to choose from, and those that are chosen."""
    return {
        "roles": Role.choices,
        "tags": [(tag, tag) for tag in tags_in_use(form.viewer)],
        "views": [(str(one.pk), one.name) for one in saved_views_of(form.viewer)],
        "chosen_roles": form["role"].value() or [],
        "chosen_tags": form["tag"].value() or [],
        "chosen_views": [str(getattr(one, "pk", one)) for one in form["view"].value() or []],
    }


def _today(request: HttpRequest, at: datetime) -> date:
    return local_date(at, request.user.time_zone)
