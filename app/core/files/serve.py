"""Sending a file: after the permission check, in pieces, under headers that let nothing in it run.

Rules: whole files are never kept by a browser or a proxy; small pictures may be kept but are asked for
again each time, so that a lost permission shows at once. Only pictures open in the page; the rest is
saved. Ranges work, also with `If-Range`, by a tag that changes with the bytes.
Neighbours: `routes` asks first whether the viewer may.
"""

from http import HTTPStatus

from flask import Response
from werkzeug.datastructures import ContentRange
from werkzeug.wrappers import Request

from app.core.files.models import StoredFile
from app.core.files.names import disposition
from app.core.files.port import Store

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def send(
    store: Store, stored: StoredFile, request: Request, *, picture: str | None = None, is_small: bool = False
) -> Response:
    """The answer with the file, or with the picture of it that was made under the key `picture`.

    `is_small` lets a browser keep it between two questions. Raises Missing.
    """
    key, media_type = (picture, "image/webp") if picture else (stored.key, stored.media_type)
    tag = picture or f"{stored.key}-{stored.sha256[:12]}"
    answer = _body(store, key, request, tag)
    answer.headers["Content-Type"] = (
        f"{media_type}; charset=utf-8" if media_type[:5] == "text/" else media_type
    )
    answer.headers["Content-Disposition"] = disposition(stored.name, inline=media_type.startswith("image/"))
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache" if is_small else "private, no-store"
    answer.set_etag(tag)
    if is_small:
        answer.make_conditional(request)
    return answer


def _body(store: Store, key: str, request: Request, tag: str) -> Response:
    size = store.size(key)
    asked = request.range if "If-Range" not in request.headers or request.if_range.etag == tag else None
    span = asked.range_for_length(size) if asked else None
    if span is None:
        if asked is not None and asked.units == "bytes" and len(asked.ranges) == 1:
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
