"""Private notes: which are kept about somebody, who read them, and which were released."""

from uuid import UUID

from django.db.models import QuerySet

from portal.coaching.models import NoteReading, NotesRequest, PrivateNote
from portal.people.models import User
from portal.people.permissions import Permission

REQUESTS_SHOWN = 50


def notes_about(person: User) -> QuerySet[PrivateNote]:
    """Return what others wrote for themselves about somebody, without empty ones."""
    notes = PrivateNote.objects.filter(session__agent=person).exclude(author=person)
    notes = notes.exclude(text="").select_related("author", "session__lead", "session__agent")
    return notes.order_by("-session__starts_at", "pk")


def released_to(person: User) -> list[PrivateNote]:
    """Return the notes that a review gave to somebody, as they were then."""
    notes = PrivateNote.objects.filter(session__agent=person, released_at__isnull=False)
    shown = notes.exclude(author=person).select_related("author", "session").defer("text")
    return list(shown.order_by("-released_at", "pk"))


def requests_of(person: User) -> list[NotesRequest]:
    """Return what somebody asked for, the latest first."""
    return list(NotesRequest.objects.filter(person=person).select_related("decided_by"))


def requests_to_review(viewer: User) -> QuerySet[NotesRequest]:
    """Return all requests but the viewer's own, those that wait first; for reviewers only."""
    if not viewer.may(Permission.REVIEW_NOTES):
        return NotesRequest.objects.none()
    others = NotesRequest.objects.exclude(person=viewer).select_related("person", "decided_by")
    return others.order_by("-decided_at", "asked_at")


def readings_of(session_id: UUID) -> QuerySet[NoteReading]:
    """Return who read private notes of a session; both of its people see the list."""
    readings = NoteReading.objects.filter(note__session=session_id)
    return readings.select_related("reader", "note__author", "request__person")
