"""Sending a file: after the permission check, in pieces, under headers that let nothing in it run.

Rules: whole files are never kept by a browser or a proxy; small pictures may be kept but are asked for
again each time, so that a lost permission shows at once. Only pictures open in the page; the rest is
saved. Ranges work.
Neighbours: `routes` asks first whether the viewer may.
"""

from http import HTTPStatus
from typing import Literal

from flask import Response
from werkzeug.datastructures import ContentRange
from werkzeug.wrappers import Request

from app.core.files.models import StoredFile
from app.core.files.names import disposition
from app.core.files.port import Store

Size = Literal["", "thumb", "preview"]
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def send(store: Store, stored: StoredFile, request: Request, size: Size = "") -> Response:
    """The answer with the file, or with a smaller picture of it. Raises Missing."""
    made = {"": None, "thumb": stored.thumb_key, "preview": stored.preview_key or stored.thumb_key}[size]
    key, media_type = (made, "image/webp") if made else (stored.key, stored.media_type)
    answer = _body(store, key, request)
    answer.headers["Content-Type"] = (
        f"{media_type}; charset=utf-8" if media_type[:5] == "text/" else media_type
    )
    answer.headers["Content-Disposition"] = disposition(stored.name, inline=media_type.startswith("image/"))
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache" if size else "private, no-store"
    if size:
        answer.set_etag(key)
        answer.make_conditional(request)
    return answer


def _body(store: Store, key: str, request: Request) -> Response:
    size = store.size(key)
    span = (
        request.range.range_for_length(size) if request.range and "If-Range" not in request.headers else None
    )
    if span is None:
        asked = (
            request.range is not None and request.range.units == "bytes" and len(request.range.ranges) == 1
        )
        if asked and "If-Range" not in request.headers:
            return _unsatisfiable(size)
        answer = Response(store.read(key))
        answer.content_length = size
    else:
        answer = Response(store.read(key, span[0], span[1] - span[0]), HTTPStatus.PARTIAL_CONTENT)
        answer.content_length = span[1] - span[0]
        answer.content_range = ContentRange("bytes", span[0], span[1], size)
    answer.accept_ranges = "bytes"
    return answer


def _unsatisfiable(size: int) -> Response:
    answer = Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    answer.content_range = ContentRange("bytes", None, None, size)
    return answer
