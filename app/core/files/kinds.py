"""The kinds of file that we take, and how each is known by its content.

Rule: content decides; the name and the browser's declaration must then agree with it. What is not listed
is refused.
"""

from dataclasses import dataclass

PICTURE, DOCUMENT, OFFICE, TEXT = "picture", "document", "office", "text"
MEGABYTE = 1024 * 1024
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True)
class FileKind:
    """`family` says how it is checked; `part` is what an Office archive must hold."""

    media_type: str
    endings: tuple[str, ...]
    family: str
    part: str = ""

    @property
    def has_macros(self) -> bool:
        return "macroenabled" in self.media_type.lower()

    @property
    def ending(self) -> str:
        return self.endings[0]


KINDS = (
    FileKind("image/jpeg", (".jpg", ".jpeg", ".jpe"), PICTURE),
    FileKind("image/png", (".png",), PICTURE),
    FileKind("image/webp", (".webp",), PICTURE),
    FileKind("image/gif", (".gif",), PICTURE),
    FileKind("image/heic", (".heic", ".heif"), PICTURE),
    FileKind("application/pdf", (".pdf",), DOCUMENT),
    FileKind(f"{_OOXML}.wordprocessingml.document", (".docx",), OFFICE, "word/document.xml"),
    FileKind(f"{_OOXML}.presentationml.presentation", (".pptx",), OFFICE, "ppt/presentation.xml"),
    FileKind(f"{_OOXML}.spreadsheetml.sheet", (".xlsx",), OFFICE, "xl/workbook.xml"),
    FileKind("application/vnd.ms-word.document.macroEnabled.12", (".docm",), OFFICE, "word/document.xml"),
    FileKind(
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
        (".pptm",),
        OFFICE,
        "ppt/presentation.xml",
    ),
    FileKind("application/vnd.ms-excel.sheet.macroEnabled.12", (".xlsm",), OFFICE, "xl/workbook.xml"),
    FileKind(f"{_ODF}.text", (".odt",), OFFICE, "content.xml"),
    FileKind(f"{_ODF}.presentation", (".odp",), OFFICE, "content.xml"),
    FileKind(f"{_ODF}.spreadsheet", (".ods",), OFFICE, "content.xml"),
    FileKind("text/csv", (".csv",), TEXT),
    FileKind("text/plain", (".txt",), TEXT),
)
MOST = {PICTURE: 20 * MEGABYTE, TEXT: 5 * MEGABYTE}
"""Bytes of one file of a family, where that is less than MAX_UPLOAD_MB."""
BY_TYPE = {kind.media_type: kind for kind in KINDS}
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}

ACCEPTED_ENDINGS = tuple(BY_ENDING)
"""For the `accept` of a file field."""


def by_first_bytes(head: bytes) -> FileKind | None:
    """The picture or document that these first bytes begin; None for archives, text and the rest."""
    if head.startswith(b"\xff\xd8\xff"):
        return BY_TYPE["image/jpeg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return BY_TYPE["image/png"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return BY_TYPE["image/webp"]
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return BY_TYPE["image/gif"]
    if head.startswith(b"%PDF-"):
        return BY_TYPE["application/pdf"]
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return BY_TYPE["image/heic"]
    return None


def reading_of(media_type: str) -> str:
    """What a new file's `reading` is: `waiting` where there are words to find in it."""
    kind = BY_TYPE.get(media_type)
    return "none" if kind is None or kind.family == PICTURE else "waiting"
