"""Acceptance: from an upload to bytes that may be kept, or a sentence that says why not.

Nouns: an *upload* is a stream, the name that its owner gave it and what the browser declared; *accepted*
is what may be stored. Rules: content, name and declaration agree; every kind is checked in its own way;
pictures are written anew; HTML and SVG never enter.
Neighbours: `service` stores what is accepted here.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from flask_babel import gettext as _

from app.core.files.archives import OLE, locked_kind, office_kind
from app.core.files.errors import Refused, TooLarge
from app.core.files.kinds import (
    BY_ENDING,
    BY_TYPE,
    MEGABYTE,
    MOST,
    OFFICE,
    PICTURE,
    TEXT,
    FileKind,
    by_first_bytes,
)
from app.core.files.names import kept_name, split_name
from app.core.files.pictures import clean_picture
from app.core.native import run_native

_HEAD = 4_096
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<iframe", b"<!--")
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_CSV_DECLARED = frozenset({"text/csv", "text/plain", "application/vnd.ms-excel", "application/csv"})


@dataclass(frozen=True)
class Accepted:
    """`source` stands at its start; width and height are a picture's, upright."""

    source: BinaryIO
    name: str
    media_type: str
    width: int | None = None
    height: int | None = None
    has_macros: bool = False


def accept(
    source: BinaryIO, name: str, declared: str | None = None, *, most: int, pictures_only: bool = False
) -> Accepted:
    """Check one upload against everything above; `most` is the limit in bytes. Raises Refused, TooLarge."""
    size = _size(source)
    if size == 0:
        raise Refused(_("This file is empty."))
    _insist_on_size(size, most)
    kind = run_native(_kind, source, split_name(name)[1])
    _insist_on_size(size, min(most, MOST.get(kind.family, most)))
    _agree(kind, split_name(name)[1], (declared or "").split(";")[0].strip().lower())
    if pictures_only and kind.family != PICTURE:
        raise Refused(_("A picture is needed here: JPEG, PNG, WebP or GIF."))
    if kind.family == PICTURE:
        return _picture(source, name)
    source.seek(0)
    return Accepted(source, kept_name(name, kind.ending), kind.media_type, has_macros=kind.has_macros)


def _insist_on_size(size: int, most: int) -> None:
    if size > most:
        raise TooLarge(
            _("This file is larger than %(limit)s MB. A smaller one is welcome.", limit=most // MEGABYTE)
        )


def _kind(source: BinaryIO, ending: str) -> FileKind:
    source.seek(0)
    head = source.read(_HEAD)
    if (known := by_first_bytes(head)) is not None:
        return known
    if head.startswith(b"PK"):
        return office_kind(source, ending)
    if head.startswith(OLE):
        return locked_kind(source, ending)
    if _looks_like_markup(head):
        raise Refused(_("Web pages and SVG drawings are not taken. A PDF or a PNG of it is welcome."))
    by_name = BY_ENDING.get(ending)
    if by_name is not None and by_name.family == TEXT and _is_text(source):
        return by_name
    if by_name is not None:
        raise _at_odds(ending)
    raise _unknown(ending)


def _agree(kind: FileKind, ending: str, declared: str) -> None:
    named = BY_ENDING.get(ending)
    both_pictures = named is not None and named.family == kind.family == PICTURE
    if kind.has_macros and named is not kind:
        raise Refused(
            _("This file contains macros, which its name does not say. Saving it without them helps.")
        )
    if ending and named is not kind and not both_pictures:
        raise _at_odds(ending)
    if (
        declared in _VAGUE
        or declared == kind.media_type.lower()
        or (kind.family == TEXT and declared in _CSV_DECLARED)
    ):
        return
    if kind.family == OFFICE and declared == "application/zip":
        return
    told = BY_TYPE.get(declared)
    if declared in {"image/jpg", "image/pjpeg", "image/x-png", "image/heif"} or (
        told and told.family == PICTURE
    ):
        declared = "image"
    if not (declared == "image" and kind.family == PICTURE):
        raise Refused(
            _("What the browser said about this file does not fit its content. Please save it again.")
        )


def _picture(source: BinaryIO, name: str) -> Accepted:
    made = clean_picture(source)
    ending = BY_TYPE[made.media_type].ending
    return Accepted(BytesIO(made.data), kept_name(name, ending), made.media_type, made.width, made.height)


def _looks_like_markup(head: bytes) -> bool:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(_MARKUP)


def _is_text(source: BinaryIO) -> bool:
    source.seek(0)
    data = source.read()
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1252"):
        try:
            return "\x00" not in data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return False


def _at_odds(ending: str) -> Refused:
    return Refused(
        _("The name says %(name)s, but the file itself says otherwise. Please save it again.", name=ending)
    )


def _unknown(ending: str) -> Refused:
    if ending in {".doc", ".ppt", ".xls"}:
        return Refused(
            _("Older Office files are not taken. Saving it as %(ending)s helps.", ending=f"{ending}x")
        )
    return Refused(_("This kind of file is not taken. Pictures, PDF, Word, PowerPoint, Excel and text are."))


def _size(source: BinaryIO) -> int:
    source.seek(0, 2)
    size = source.tell()
    source.seek(0)
    return size
