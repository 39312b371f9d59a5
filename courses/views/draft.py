"""Working on content: the draft, its checks and preview, publishing it, and going back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.actions.drafting import (
    DraftChangedMeanwhile,
    discard_draft,
    publish_draft,
    restore_revision,
    save_draft,
)
from courses.content.source import write_source
from courses.forms.author import DraftForm, PublishForm
from courses.models import Activity, ActivityKind, ChangeKind, ContentRevision
from courses.queries.drafts import changes_of, draft_page
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def draft(request: HttpRequest, activity: int) -> HttpResponse:
    """Show the draft with what the checks say, and save it."""
    found = _activity(activity)
    if request.method != "POST":
        return _draft(request, found)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft(request, found, form=form, status=422)
    version = form.cleaned_data["version"]
    try:
        save_draft(found, form.content, version=version, by=request.user, at=now())
    except DraftChangedMeanwhile as clash:
        theirs = write_source(clash.theirs) if clash.theirs else ""
        form.data = form.data.copy()
        form.data["version"] = str(clash.version)
        return _draft(request, found, form=form, clash=clash, theirs=theirs, status=409)
    messages.success(request, _("Saved. Learners read it once you publish."))
    return redirect("courses:draft", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def publish(request: HttpRequest, activity: int) -> HttpResponse:
    """Show what publishing would change and for whom, and do it."""
    found = _activity(activity)
    page = draft_page(found)
    if not page.is_publishable:
        return redirect("courses:draft", found.pk)
    sent = request.POST if request.method == "POST" else None
    form = PublishForm(sent, initial={"version": found.draft_version})
    if form.is_valid():
        try:
            made = publish_draft(found, **form.cleaned_data, by=request.user, at=now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("courses:draft", found.pk)
        done = _("Published as revision %(number)d. New attempts use it from now on.")
        messages.success(request, done % {"number": made.number})
        if found.kind == ActivityKind.QUIZ and made.change_kind == ChangeKind.WRONG_KEY:
            return redirect("assessments:regrade", found.pk, made.number)
        return redirect("courses:content-revisions", found.pk)
    context = {"page": page, "form": form}
    return render(request, "courses/publish.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def discard(request: HttpRequest, activity: int) -> HttpResponse:
    """Throw the draft away."""
    found = _activity(activity)
    discard_draft(found, by=request.user, at=now())
    messages.success(request, _("Discarded. What learners read is as it was."))
    return redirect("courses:content-revisions", found.pk)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def restore(request: HttpRequest, activity: int, number: int) -> HttpResponse:
    """Begin a draft from an earlier revision."""
    revision = get_object_or_404(ContentRevision, activity=activity, number=number)
    restore_revision(revision, by=request.user, at=now())
    messages.success(request, _("Revision %(number)d is the draft now.") % {"number": number})
    return redirect("courses:draft", activity)


@require_GET
@requires(Permission.SEE_CONTENT)
def compare(request: HttpRequest, activity: int, older: int, newer: int) -> HttpResponse:
    """Show how two revisions differ."""
    revisions = ContentRevision.objects.select_related("activity__module__course")
    first = get_object_or_404(revisions, activity=activity, number=older)
    second = get_object_or_404(revisions, activity=activity, number=newer)
    context = {"older": first, "newer": second, "changes": changes_of(first, second)}
    return render(request, "courses/compare_revisions.html", context)


def _activity(activity: int) -> Activity:
    related = Activity.objects.select_related("module__course", "live_revision", "draft_saved_by")
    return get_object_or_404(related, pk=activity)


def _draft(
    request: HttpRequest,
    found: Activity,
    *,
    form: DraftForm | None = None,
    clash: DraftChangedMeanwhile | None = None,
    theirs: str = "",
    status: int = 200,
) -> HttpResponse:
    page = draft_page(found)
    form = form or DraftForm(initial={"text": page.text, "version": found.draft_version})
    context = {"page": page, "form": form, "clash": clash, "theirs": theirs}
    return render(request, "courses/draft.html", context, status=status)
