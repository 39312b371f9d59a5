"""Taking in a course from an archive, once its author has seen what would change."""

import hashlib
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from courses.actions.loading import load_courses, store_media
from courses.models import Course
from courses.queries.archives import course_in
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User

_SALT = "courses.import"
_HOUR = 60 * 60


class ArchiveIsGone(Refusal):
    """The archive that was seen is not kept any more, or another one is."""


def keep_archive(archive: BinaryIO, *, by: User) -> str:
    """Keep an archive for its author, in place of an earlier one; return the word for it."""
    archive.seek(0)
    content = archive.read()
    name = _place_of(by)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))
    return signing.dumps([by.pk, _digest(content)], salt=_SALT)


def import_kept(token: str, *, by: User, at: datetime) -> Course:
    """Take in the archive that somebody kept within the hour; then it is kept no longer.

    Raises:
        ArchiveIsGone: the token is not theirs, too old, or for another archive.
        ContentError: as `import_course`.
    """
    name = _place_of(by)
    digest = _promised(token, by)
    if not digest or not default_storage.exists(name):
        raise ArchiveIsGone
    with default_storage.open(name) as kept:
        content = kept.read()
    if _digest(content) != digest:
        raise ArchiveIsGone
    course = import_course(BytesIO(content), by=by, at=at)
    default_storage.delete(name)
    return course


def import_course(archive: BinaryIO, *, by: User, at: datetime) -> Course:
    """Publish what is new or changed in an archive, in one transaction; nothing is removed.

    Attempts that run stay on the revision they began with, and drafts stay as they are.

    Raises:
        ContentError: the archive, a file in it or what the checks find forbids it; nothing was
            changed.
    """
    with course_in(archive) as files:
        store_media([files], at=at)
        with transaction.atomic():
            published = load_courses([files], by=by, at=at).published
            course = Course.objects.get(slug=files.slug)
            record("imported", course, by=by, at=at, published=published)
    return course


def _promised(token: str, by: User) -> str:
    """Return the hash that a token of this person names, empty if it names none."""
    try:
        owner, digest = signing.loads(token, salt=_SALT, max_age=_HOUR)
    except (signing.BadSignature, ValueError):
        return ""
    return digest if owner == by.pk else ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _place_of(author: User) -> str:
    return f"imports/{author.pk}.zip"
