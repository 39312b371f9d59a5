"""Sending media: cached for good, in parts where a player asks for parts."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from courses.models import MediaFile

_YEAR = 365 * 24 * 60 * 60
_PIECE_BYTES = 64 * 1024
_TEXTS = ("image/svg+xml", "text/vtt")
_gzip = GZipMiddleware(lambda request: HttpResponse())
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def media_response(request: HttpRequest, file: MediaFile) -> HttpResponseBase:
    """Answer with the file's bytes, or with the part that the `Range` header asks for.

    Raises:
        Http404: storage has lost the file.
    """
    response = _answer(request.headers.get("Range", ""), file)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    # An SVG is a document: opened by itself, it must not run anything.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _answer(wanted: str, file: MediaFile) -> HttpResponseBase:
    span = _wanted_span(wanted, file.size_bytes)
    if span and span[0] >= file.size_bytes:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size_bytes}"})
    try:
        source = default_storage.open(file.storage_name)
    except FileNotFoundError:
        raise Http404 from None
    if span is None:
        return FileResponse(source, content_type=file.mime_type)
    first, last = span
    return StreamingHttpResponse(
        _part(source, first, last),
        content_type=file.mime_type,
        status=206,
        headers={
            "Content-Range": f"bytes {first}-{last}/{file.size_bytes}",
            "Content-Length": str(last - first + 1),
        },
    )


def _wanted_span(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a single range, which may begin beyond the end.

    None for anything else: a server may answer that with the whole file.
    """
    match = _RANGE.fullmatch(header)
    if not match or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    first = int(start) if start else max(0, size - int(end))
    if start and end and int(end) < first:
        return None
    return first, min(int(end), size - 1) if start and end else size - 1


def _part(source: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with source:
        source.seek(first)
        left = last - first + 1
        while left > 0 and (piece := source.read(min(_PIECE_BYTES, left))):
            left -= len(piece)
            yield piece
