"""The agent's pages: my learning, the library, a module and its lessons."""

from dataclasses import replace

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from courses.actions.progress import finish_activity, note_place, save_block_response
from courses.content.lesson_blocks import Block
from courses.forms.learn import PlaceForm, response_form
from courses.models import Activity, ActivityKind, MediaFile, Module
from courses.queries.catalogue import (
    LESSON_TO_TAKE,
    MODULE_ON_OFFER,
    activities_to_take,
    library_for,
    module_page,
)
from courses.queries.content import lesson_of
from courses.queries.learning import my_learning as my_learning_of
from courses.queries.lesson import lesson_page
from courses.queries.progress import Step
from courses.views.media import media_response
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.requests import is_fetched
from portal.people.permissions import Permission


@require_GET
@requires(Permission.LEARN)
def my_learning(request: HttpRequest) -> HttpResponse:
    """Show what to go on with, what is coming up, and the rhythm of the last weeks."""
    learning = my_learning_of(request.user, now=now())
    return render(request, "courses/my_learning.html", {"learning": learning})


@require_GET
@requires(Permission.LEARN)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show everything there is to learn."""
    return render(request, "courses/catalogue.html", {"courses": library_for(request.user)})


@require_GET
@requires(Permission.LEARN)
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """Show what is inside a module and how far the reader is."""
    found = get_object_or_404(MODULE_ON_OFFER, course=course, module=module)
    can_guide = found.has_lead_guide and request.user.may(Permission.SEE_TEAM)
    context = {"page": module_page(found, request.user), "now": now(), "can_guide": can_guide}
    return render(request, "courses/module.html", context)


@require_GET
@requires(Permission.LEARN)
def read_lesson(request: HttpRequest, course: str, module: str, activity: str) -> HttpResponse:
    """Show a lesson, with what the reader wrote in it."""
    found = get_object_or_404(LESSON_TO_TAKE, course=course, module=module, lesson=activity)
    return render(request, "courses/read_lesson.html", {"page": lesson_page(found, request.user)})


@require_POST
@requires(Permission.LEARN)
def mark_place(request: HttpRequest, activity: int) -> HttpResponse:
    """Remember the block at which the reader is."""
    lesson = get_object_or_404(_lessons(), pk=activity)
    form = PlaceForm(request.POST, lesson=lesson_of(lesson.live_revision))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    place = form.cleaned_data["place"]
    note_place(lesson, lesson.live_revision, by=request.user, at=now(), place=place)
    return HttpResponse(status=204)


@require_POST
@requires(Permission.LEARN)
def answer_block(request: HttpRequest, activity: int, block: str) -> HttpResponse:
    """Keep a reflection or the answer to a quick check, and show what came of it."""
    lesson = get_object_or_404(_lessons(), pk=activity)
    found = lesson_of(lesson.live_revision).block(block)
    form = response_form(found, request.POST)
    if found is None or form is None:
        raise Http404
    if not form.is_valid():
        return _show_refused(request, lesson, found, form)
    at, reader = now(), request.user
    save_block_response(lesson.live_revision, block, by=reader, at=at, **form.cleaned_data)
    note_place(lesson, lesson.live_revision, by=reader, at=at, place=block)
    if not is_fetched(request):
        return redirect(f"{step_url(lesson.module, lesson)}#{block}")
    view = lesson_page(lesson, reader).view_of(found)
    return render(request, view.template, {"view": view})


@require_POST
@requires(Permission.LEARN)
def finish_lesson(request: HttpRequest, activity: int) -> HttpResponse:
    """Mark a lesson as read and go on to what follows."""
    lesson = get_object_or_404(_lessons(), pk=activity)
    finish_activity(lesson, lesson.live_revision, by=request.user, at=now())
    following = lesson_page(lesson, request.user).following
    if following and following.kind != ActivityKind.LESSON:
        return redirect("assessments:brief", following.activity_id)
    return redirect(step_url(lesson.module, following))


@require_GET
@requires(Permission.LEARN)
def media(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """Send a picture or video of the content; its address changes whenever its bytes do.

    The name is for people: the same bytes may go by several.
    """
    return media_response(request, get_object_or_404(MediaFile, pk=sha256))


def step_url(module: Module, step: Step | Activity | None) -> str:
    """Return where a lesson is read; without one, where the module shows what is left."""
    names = {"course": module.course.slug, "module": module.slug}
    if step is None:
        return reverse("courses:module", kwargs=names)
    return reverse("courses:read-lesson", kwargs=names | {"activity": step.slug})


def _lessons() -> QuerySet[Activity]:
    return activities_to_take(ActivityKind.LESSON)


def _show_refused(request: HttpRequest, lesson: Activity, block: Block, form: Form) -> HttpResponse:
    """Show what is wrong: the block alone to a script, and the whole lesson to a plain form."""
    page = lesson_page(lesson, request.user)
    error = next(iter(form.errors.values()))[0]
    view = page.view_of(block, unsaved=request.POST.get("text", ""), error=error)
    if is_fetched(request):
        return render(request, view.template, {"view": view}, status=422)
    shown = {"page": replace(page, refused=view)}
    return render(request, "courses/read_lesson.html", shown, status=422)
