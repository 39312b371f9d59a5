"""Media files that content shows and plays: those of the curriculum, and a moment of silence."""

import hashlib
import mimetypes
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from courses.models import MediaFile
from tests.factories.moments import MONDAY

_FOLDER = "courses/library/active-listening/hear-the-whole-story-first/media"
_CURRICULUM = Path(__file__).resolve().parents[2] / _FOLDER
# Forty frames of MPEG-1 layer III at 128 kbit/s, each with nothing in it: one second.
SILENCE = (b"\xff\xfb\x90\x00" + bytes(413)) * 40


def stored_media(names: Iterable[str]) -> dict[str, str]:
    """Store files by name, and return the hash of each; one the curriculum has not is silent."""
    return {name: _stored(name) for name in names}


def _stored(name: str) -> str:
    path = _CURRICULUM / name
    content = path.read_bytes() if path.exists() else SILENCE
    file, is_new = MediaFile.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "name": name,
            "mime_type": mimetypes.guess_type(name)[0],
            "size_bytes": len(content),
            "added_at": MONDAY,
        },
    )
    if is_new and not default_storage.exists(file.storage_name):
        default_storage.save(file.storage_name, ContentFile(content))
    return file.pk
