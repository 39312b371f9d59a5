"""The outline of the content: what there is, in which order, and what is archived."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.outlining import (
    Part,
    archive,
    create_activity,
    create_course,
    create_module,
    move,
    restore,
    reword,
)
from courses.forms.outline import ActivityForm, CourseForm, ModuleForm
from courses.models import Activity, Course, Module
from courses.queries.authoring import course_outline
from courses.queries.frame import current_frame
from courses.queries.usage import usage_of
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission

_STEPS = {"up": -1, "down": 1}
_PARTS: dict[str, Any] = {"course": Course, "module": Module, "activity": Activity}
_COURSE_FIELDS = ("title", "summary", "skill")
_MODULE_FIELDS = ("title", "objective", "summary", "content_notice", "minutes", "behaviours")


@require_safe
@requires(Permission.PUBLISH_CONTENT)
def outline(request: HttpRequest, course: int) -> HttpResponse:
    """Show a course with its modules and activities, to be put in order."""
    found = get_object_or_404(Course, pk=course)
    context = {"course": found, "modules": course_outline(found)}
    return render(request, "courses/outline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def new_course(request: HttpRequest) -> HttpResponse:
    """Begin a course."""
    form = CourseForm(_sent(request))
    if form.is_valid():
        made = create_course(form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Begun. Learners see it once something in it is published."))
        return redirect("courses:outline", made.pk)
    return _form(request, form, _("New course"), reverse("courses:content-list"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def edit_course(request: HttpRequest, course: int) -> HttpResponse:
    """Change the words of a course."""
    found = get_object_or_404(Course, pk=course)
    form = CourseForm(_sent(request), initial=_values(found, _COURSE_FIELDS))
    return _reworded(request, form, found, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def new_module(request: HttpRequest, course: int) -> HttpResponse:
    """Begin a module of a course."""
    found = get_object_or_404(Course, pk=course)
    form = ModuleForm(_sent(request), frame=current_frame())
    if form.is_valid():
        create_module(found, form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Begun. Add a lesson, a practice call or a quiz to it."))
        return redirect("courses:outline", found.pk)
    return _form(request, form, _("New module"), reverse("courses:outline", args=[found.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def edit_module(request: HttpRequest, module: int) -> HttpResponse:
    """Change the words of a module."""
    found = get_object_or_404(Module, pk=module)
    initial = _values(found, _MODULE_FIELDS)
    form = ModuleForm(_sent(request), frame=current_frame(), initial=initial)
    return _reworded(request, form, found, found.course_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def new_activity(request: HttpRequest, module: int) -> HttpResponse:
    """Begin a lesson, practice call or quiz, with a first draft."""
    found = get_object_or_404(Module, pk=module)
    form = ActivityForm(_sent(request))
    if form.is_valid():
        made = create_activity(found, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Begun. Learners see nothing of it until you publish."))
        return redirect("courses:edit-content", made.pk)
    back = reverse("courses:outline", args=[found.course_id])
    return _form(request, form, _("New activity in “%s”") % found.title, back)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def move_part(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Move a course, module or activity up or down by one."""
    found = _part(what, pk)
    step = _STEPS.get(request.POST.get("to", ""))
    if step and move(found, step, by=request.user, at=now()):
        messages.success(request, _("Moved: %s") % found.title)
    if isinstance(found, Course):
        return redirect(f"{reverse('courses:content-list')}#course-{found.slug}")
    return redirect(f"{_outline_of(found)}#{what}-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def archive_part(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Say where something is used, and archive it."""
    found = _part(what, pk)
    if request.method == "POST":
        try:
            archive(found, by=request.user, at=now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("courses:archive-part", what, pk)
        messages.success(request, _("Archived: %s. You can restore it here.") % found.title)
        return redirect(_outline_of(found))
    context = {"part": found, "what": what, "usage": usage_of(found), "back": _outline_of(found)}
    return render(request, "courses/archive_part.html", context)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def restore_part(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Offer something again that was archived."""
    found = _part(what, pk)
    restore(found, by=request.user, at=now())
    messages.success(request, _("Restored: %s") % found.title)
    return redirect(_outline_of(found))


def _part(what: str, pk: int) -> Part:
    if what not in _PARTS:
        raise Http404
    found: Part = get_object_or_404(_PARTS[what], pk=pk)
    return found


def _outline_of(part: Part) -> str:
    """Return the address of the outline in which a part stands."""
    if isinstance(part, Course):
        return reverse("courses:outline", args=[part.pk])
    course = part.course_id if isinstance(part, Module) else part.module.course_id
    return reverse("courses:outline", args=[course])


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _values(part: Course | Module, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _reworded(request: HttpRequest, form: Form, part: Course | Module, course: int) -> HttpResponse:
    if form.is_valid():
        reword(part, form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Saved. Everybody sees the new words now."))
        return redirect("courses:outline", course)
    return _form(request, form, part.title, reverse("courses:outline", args=[course]))


def _form(request: HttpRequest, form: Form, heading: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "courses/outline_form.html", context, status=status)
