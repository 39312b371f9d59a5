"""Panels: which questions can be rated, inviting raters, rating alone, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions import paneling
from courses.content.panel import ENOUGH_RATERS
from courses.forms.panel import InviteForm, RatingForm
from courses.models import Activity, ActivityKind
from courses.queries.content import live_revision_of
from courses.queries.panels import judged_item, judged_items, panel_page, panels_visible_to
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_safe
@requires(Permission.SEE_CONTENT)
def panels(request: HttpRequest, activity: int) -> HttpResponse:
    """List the questions of a quiz that a panel can key."""
    found = _quiz(activity)
    context = {"activity": found, "items": judged_items(found), "enough": ENOUGH_RATERS}
    return render(request, "courses/panels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def open_panel(request: HttpRequest, activity: int, item: str) -> HttpResponse:
    """Invite people to rate the options of one question."""
    found = _quiz(activity)
    revision = live_revision_of(found)
    try:
        asked = judged_item(revision, item)
    except LookupError:
        raise Http404 from None
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        invited = form.cleaned_data["raters"]
        panel = paneling.open_panel(revision, item, raters=invited, by=request.user, at=now())
        messages.success(request, _("Invited. Each rates alone; you see how many have."))
        return redirect("courses:panel", panel.pk)
    context = {"activity": found, "item": asked, "form": form, "enough": ENOUGH_RATERS}
    status = 422 if form.is_bound else 200
    return render(request, "courses/open_panel.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def panel(request: HttpRequest, panel: UUID) -> HttpResponse:
    """Show a panel, and take the ratings of somebody who was invited."""
    found = get_object_or_404(panels_visible_to(request.user), pk=panel)
    page = panel_page(found, request.user)
    if request.method == "POST" and page.seat is None:
        raise Http404
    context = {"page": page, "enough": ENOUGH_RATERS}
    if page.seat is None or (request.method != "POST" and not found.is_open):
        return render(request, "courses/panel.html", context)
    data = request.POST if request.method == "POST" else None
    form = RatingForm(data, options=page.options, seat=page.seat)
    if form.is_valid():
        try:
            paneling.rate_options(panel, form.ratings, by=request.user, at=now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Kept. You can change it until the panel closes."))
        return redirect("courses:panel", panel)
    status = 422 if form.is_bound else 200
    return render(request, "courses/panel.html", context | {"form": form}, status=status)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def close_panel(request: HttpRequest, panel: UUID) -> HttpResponse:
    """Take no more ratings, and show what was rated."""
    found = get_object_or_404(panels_visible_to(request.user), pk=panel)
    paneling.close_panel(found.pk, by=request.user, at=now())
    return redirect("courses:panel", panel)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def use_panel(request: HttpRequest, panel: UUID) -> HttpResponse:
    """Put the panel's key into the draft."""
    found = get_object_or_404(panels_visible_to(request.user), pk=panel)
    try:
        activity = paneling.use_panel(found.pk, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("courses:panel", panel)
    messages.success(
        request, _("The key is in the draft. Publish it to score by it; it can be a mended key.")
    )
    return redirect("courses:draft", activity.pk)


def _quiz(activity: int) -> Activity:
    published = Activity.objects.select_related("module__course", "live_revision").defer(
        "draft", "live_revision__content", "live_revision__media"
    )
    return get_object_or_404(
        published, pk=activity, kind=ActivityKind.QUIZ, live_revision__isnull=False
    )
