"""Editing a lesson by its blocks and a quiz by its questions; the same draft as the text."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.drafting import DraftChangedMeanwhile, bring_back_draft, change_draft
from courses.actions.editing import PieceChangedMeanwhile, replace_piece, replace_settings
from courses.content.editing import (
    PIECES_OF,
    PieceIsGone,
    Raw,
    duplicated,
    findings_by_piece,
    fresh_id,
    moved,
    piece_of,
    with_new_piece,
    with_piece,
    without,
)
from courses.content.fingerprint import fingerprint
from courses.content.source import write_source
from courses.forms.kinds_of_pieces import SETTINGS, TO_ADD, listed_pieces, shape_of
from courses.forms.outline import behaviour_choices
from courses.forms.pieces import (
    as_sent,
    begun,
    fields_of,
    loose_findings,
    rearranged,
    settled,
)
from courses.forms.shapes import Shape
from courses.models import Activity, EarlierDraft
from courses.queries.drafts import DraftPage, draft_page
from courses.queries.frame import current_frame
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission

_FILES = {
    "pictures": (".svg", ".png", ".jpg", ".webp"),
    "films": (".webm", ".mp4"),
    "captions": (".vtt",),
}
_SHOWN_EARLIER = 10
_ID_OF = {"lesson": "block", "quiz": "q"}
_NEW_ID = re.compile(r"(?:block|q)-[0-9a-f]{6}")


@require_safe
@requires(Permission.PUBLISH_CONTENT)
def edit_content(request: HttpRequest, activity: int) -> HttpResponse:
    """Show a draft piece by piece; what has no pieces is edited as text."""
    found = _activity(activity)
    if found.kind not in PIECES_OF:
        return redirect("courses:draft", found.pk)
    page = draft_page(found)
    context = {
        "page": page,
        "pieces": listed_pieces(found.kind, page.content, page.findings),
        "loose": findings_by_piece(found.kind, page.content, page.findings).get("", ()),
        "to_add": TO_ADD[found.kind],
        "after": request.GET.get("after", ""),
        "earlier": _earlier(found),
    }
    return render(request, "courses/edit_content.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def edit_settings(request: HttpRequest, activity: int) -> HttpResponse:
    """Change what a lesson or quiz is called and how it is taken."""
    found = _with_pieces(activity)
    shapes = SETTINGS[found.kind]
    page = draft_page(found)

    def save(fields: Raw, base: str) -> None:
        names = [shape.name for shape in shapes]
        done = settled("", fields)
        replace_settings(found, done, names, base=base, by=request.user, at=now())

    editor = _Editor(request, page, shapes, page.content, "", save)
    return editor.answer(heading=_("Settings"), icon="sliders", piece_id="")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def edit_piece(request: HttpRequest, activity: int, piece: str) -> HttpResponse:
    """Change one block of a lesson or one question of a quiz."""
    found = _with_pieces(activity)
    page = draft_page(found)
    before = _piece(request, page, piece)
    shape = shape_of(found.kind, before)
    if shape is None:
        raise Http404

    def save(fields: Raw, base: str) -> None:
        done = settled(shape.type, fields)
        replace_piece(found, done, base=base, by=request.user, at=now())

    editor = _Editor(request, page, shape.shapes, before, piece, save)
    return editor.answer(heading=shape.label, icon=shape.icon, piece_id=piece)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PUBLISH_CONTENT)
def add_piece(request: HttpRequest, activity: int, what: str) -> HttpResponse:
    """Write a new block or question."""
    found = _with_pieces(activity)
    if what not in TO_ADD[found.kind]:
        raise Http404
    shape = TO_ADD[found.kind][what]
    after = request.GET.get("after", "")
    sent_id = request.POST.get("new_id", "")
    new_id = sent_id if _NEW_ID.fullmatch(sent_id) else fresh_id(_ID_OF.get(found.kind, "block"))

    def save(fields: Raw, _base: str) -> None:
        done = settled(shape.type, {**fields, "id": new_id, "type": str(shape.type)})

        def add(raw: Raw) -> Raw:
            try:  # a button that was pressed twice adds one
                return with_piece(found.kind, raw, done)
            except PieceIsGone:
                return with_new_piece(found.kind, raw, done, after)

        change_draft(found, add, by=request.user, at=now())

    before = begun(shape.shapes, shape.begins_with)
    editor = _Editor(request, draft_page(found), shape.shapes, before, new_id, save, is_new=True)
    return editor.answer(heading=shape.label, icon=shape.icon, piece_id=new_id)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def arrange_piece(request: HttpRequest, activity: int, piece: str) -> HttpResponse:
    """Move, duplicate or take out one block or question."""
    found = _with_pieces(activity)
    kind = found.kind
    new_id = fresh_id(_ID_OF[kind])
    changes: dict[str, tuple[Callable[[Raw], Raw], str]] = {
        "up": (lambda raw: moved(kind, raw, piece, -1), _("Moved up.")),
        "down": (lambda raw: moved(kind, raw, piece, 1), _("Moved down.")),
        "copy": (lambda raw: duplicated(kind, raw, piece, new_id), _("Duplicated.")),
        "delete": (
            lambda raw: without(kind, raw, piece),
            _("Taken out. “Undo the last change” brings it back."),
        ),
    }
    do = request.POST.get("do", "")
    if do not in changes:
        return redirect("courses:edit-content", found.pk)
    change, said = changes[do]
    try:
        change_draft(found, change, by=request.user, at=now())
    except PieceIsGone:
        messages.warning(request, _("Somebody took it out in the meantime."))
    else:
        messages.success(request, said)
    return _to_list(found, new_id if do == "copy" else piece)


@require_POST
@requires(Permission.PUBLISH_CONTENT)
def bring_back(request: HttpRequest, activity: int, number: int) -> HttpResponse:
    """Save the draft again as it was before."""
    found = _with_pieces(activity)
    get_object_or_404(EarlierDraft, activity=found, version=number)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else -1
    try:
        bring_back_draft(found, number=number, version=version, by=request.user, at=now())
    except DraftChangedMeanwhile:
        messages.warning(request, _("Somebody saved the draft just now. Look again, then undo."))
    else:
        messages.success(request, _("Brought back. Undo works on this too."))
    return redirect("courses:edit-content", found.pk)


class _Editor:
    """One form about one piece, or about the settings: shown, rearranged, saved, or in conflict."""

    def __init__(
        self,
        request: HttpRequest,
        page: DraftPage,
        shapes: tuple[Shape, ...],
        before: Raw,
        piece_id: str,
        save: Callable[[Raw, str], None],
        *,
        is_new: bool = False,
    ) -> None:
        self._request, self._page, self._shapes = request, page, shapes
        self._before, self._piece_id, self._save = before, piece_id, save
        self._is_new = is_new

    def answer(self, **context: Any) -> HttpResponse:
        """Show the form, or take what it sent."""
        if self._request.method != "POST":
            return self._form(self._before, context)
        sent = self._request.POST
        fields = as_sent(self._shapes, sent, self._before)
        if do := sent.get("do"):
            changed = rearranged(fields, do, self._shapes)
            return self._form(changed, context, focus=_focus_after(do))
        try:
            self._save(fields, sent.get("base", ""))
        except PieceChangedMeanwhile as clash:
            return self._form(fields, context, clash=clash, status=409)
        return self._saved()

    def _saved(self) -> HttpResponse:
        """Go back to the list, or stay where something keeps the draft from being published."""
        activity = _activity(self._page.activity.pk)
        page = draft_page(activity)
        found = findings_by_piece(activity.kind, page.content, page.findings)
        mine = found.get(self._piece_id, ())
        own = {shape.name for shape in self._shapes}
        if any(
            finding.severity == "error" and (self._piece_id or {*place.steps[:1]} & own)
            for place, finding in mine
        ):
            said = _("Saved as it is. Mend what is marked before you publish.")
            messages.warning(self._request, said)
            if self._piece_id:
                return redirect("courses:edit-piece", activity.pk, self._piece_id)
            return redirect("courses:edit-settings", activity.pk)
        messages.success(self._request, _("Saved. Learners read it once you publish."))
        return _to_list(activity, self._piece_id)

    def _form(
        self,
        raw: Raw,
        more: Mapping[str, Any],
        *,
        focus: str = "",
        clash: PieceChangedMeanwhile | None = None,
        status: int = 200,
    ) -> HttpResponse:
        page, activity = self._page, self._page.activity
        shown_as_saved = raw is self._before and not self._is_new
        found = findings_by_piece(activity.kind, page.content, page.findings)
        mine = found.get(self._piece_id, ()) if shown_as_saved else ()
        fields = fields_of(self._shapes, raw, choices=_choices(activity), found=mine)
        context = {
            **more,
            "page": page,
            "fields": fields,
            "loose": loose_findings(fields, mine) if self._piece_id else (),
            "base": clash.base if clash else _base_of(self._before, self._piece_id, self._shapes),
            "clash": clash,
            "theirs": write_source(clash.theirs) if clash and clash.theirs else "",
            "focus": focus,
            "is_new": self._is_new,
            "type": self._before.get("type", ""),
        }
        if self._request.POST.get("base") and not clash:
            context["base"] = self._request.POST["base"]
        return render(self._request, "courses/edit_piece.html", context, status=status)


def _base_of(before: Raw, piece_id: str, shapes: tuple[Shape, ...]) -> str:
    """Return what tells whether somebody else changed the same thing in the meantime."""
    if piece_id:
        return fingerprint(before, {})
    return fingerprint({one.name: before.get(one.name) for one in shapes}, {})


def _focus_after(do: str) -> str:
    """Return the row or list that has the focus after its button was pressed."""
    what, _colon, name = do.partition(":")
    place = name.rpartition("-")
    if what in ("up", "down") and place[2].isdecimal():
        moved_to = max(0, int(place[2]) + (1 if what == "down" else -1))
        return f"{place[0]}-{moved_to}-"
    return f"{name}-last" if what == "add" else place[0]


def _choices(activity: Activity) -> dict[str, list[tuple[str, Any]]]:
    """Return the lists that forms choose from: behaviors, and the files that are there."""
    names = sorted(activity.live_revision.media) if activity.live_revision else []
    files = {
        what: [(name, name) for name in names if name.endswith(endings)]
        for what, endings in _FILES.items()
    }
    return {**files, "behaviours": behaviour_choices(current_frame())}


def _activity(activity: int) -> Activity:
    related = Activity.objects.select_related("module__course", "live_revision", "draft_saved_by")
    return get_object_or_404(related, pk=activity)


def _with_pieces(activity: int) -> Activity:
    found = _activity(activity)
    if found.kind not in PIECES_OF:
        raise Http404
    return found


def _piece(request: HttpRequest, page: DraftPage, piece_id: str) -> dict[str, Any]:
    """Return a piece; one that somebody took out while it was edited goes on from its type."""
    try:
        return piece_of(page.activity.kind, page.content, piece_id)
    except PieceIsGone:
        if request.method == "POST" and request.POST.get("type"):
            return {"id": piece_id, "type": request.POST["type"]}
        raise Http404 from None


def _to_list(activity: Activity, piece_id: str) -> HttpResponse:
    return redirect(f"{reverse('courses:edit-content', args=[activity.pk])}#{piece_id}")


def _earlier(activity: Activity) -> list[EarlierDraft]:
    earlier = activity.earlier_drafts.select_related("saved_by").defer("content")
    return list(earlier.order_by("-version")[:_SHOWN_EARLIER])
