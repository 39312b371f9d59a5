"""What somebody asks for by law: the private notes about them, read and released by a reviewer."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.models import record
from portal.coaching.models import NoteReading, NotesRequest, PrivateNote
from portal.coaching.queries.kept_notes import notes_about, requests_to_review
from portal.kit.errors import Refusal
from portal.people.models import User


class ReasonMissing(Refusal):
    """A note is left out, and nothing says why."""


class NotesUnread(Refusal):
    """The reviewer has not opened the notes that they decide on."""


class RequestDecided(Refusal):
    """This request was answered before."""


@transaction.atomic
def ask_for_notes(*, by: User, at: datetime) -> NotesRequest:
    """Ask to see the private notes about oneself; while one request is open, it stands."""
    User.objects.select_for_update().get(pk=by.pk)
    found = NotesRequest.objects.open().filter(person=by).first()
    if found is None:
        found = NotesRequest.objects.create(person=by, asked_at=at)
        record("asked for notes", found, by=by, at=at)
    return found


@transaction.atomic
def read_notes(request_id: int, *, by: User, at: datetime) -> list[PrivateNote]:
    """Return the notes a request is about, and write down that they were read.

    Each reading is in the audit record, and on the page of the session for both of its people.

    Raises:
        NotesRequest.DoesNotExist: there is none for this reader to review.
        RequestDecided: it was answered before.
    """
    request = _open_request(request_id, by=by)
    notes = list(notes_about(request.person))
    NoteReading.objects.bulk_create(
        NoteReading(note=note, request=request, reader=by, read_at=at) for note in notes
    )
    for note in notes:
        record("read the private note", note.session, by=by, at=at, author=note.author_id)
    return notes


@transaction.atomic
def decide_on_notes(
    request_id: int, released: Collection[int], *, words: str, by: User, at: datetime
) -> NotesRequest:
    """Give the person the notes with these ids, and say why any other is left out.

    Only what the reviewer has read as it stands can be released: a note that was written or
    changed since they opened it stays out of this answer.

    Raises:
        NotesRequest.DoesNotExist, RequestDecided: as `read_notes`.
        NotesUnread, ReasonMissing: nothing was changed.
    """
    request = _open_request(request_id, by=by)
    read = dict(request.readings.filter(reader=by).values_list("note", "read_at"))
    about = list(notes_about(request.person))
    if about and not read:
        raise NotesUnread(_("Open the notes first. Nothing was changed."))
    notes = [one for one in about if one.pk in read and one.saved_at <= read[one.pk]]
    given = [one for one in notes if one.pk in released]
    if len(given) < len(notes) and not words:
        raise ReasonMissing(_("Say why you leave something out; the person reads it."))
    for note in given:
        note.released_text, note.released_at = note.text, at
    PrivateNote.objects.bulk_update(given, ["released_text", "released_at"])
    request.decided_at, request.decided_by, request.words = at, by, words
    request.save(update_fields=["decided_at", "decided_by", "words"])
    record("answered", request, by=by, at=at, released=len(given), left_out=len(notes) - len(given))
    return request


def _open_request(request_id: int, *, by: User) -> NotesRequest:
    requests = requests_to_review(by).select_for_update(of=("self",))
    request = requests.get(pk=request_id)
    if request.decided_at:
        raise RequestDecided(_("This request was answered before. Nothing was changed."))
    return request
