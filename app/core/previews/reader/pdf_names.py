"""What programs hang on the pages and pictures of a PDF that PDFium wrote, and comments' authors.

PDFium has no verb for the first, so the entries of the dictionaries are blanked where they stand, letter by
letter, which leaves every offset true. What they pointed at stays behind when the pages go over once more.
"""

import ctypes
import re
import struct
from typing import Any

import pypdfium2.raw as pdfium

_ENTRIES = re.compile(rb"/(?:Metadata|PieceInfo|LastModified)(?![^\s/<\[(\d])")
_OF_A_COMMENT = (b"T", b"NM", b"M", b"CreationDate")
_OBJECT = re.compile(rb"(?:^|[\r\n])\d+ \d+ obj\b")
_REF = re.compile(rb"\s*\d+ \d+ R\b")
_PLAIN = re.compile(rb"\s*/?[^\s/<>\[\]()]+")


def empty_comments(document: Any) -> None:
    """Take who made them, and when, out of comments and other notes on pages."""
    nobody = (ctypes.c_ushort * 1)()
    for page in document:
        for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
            note = pdfium.FPDFPage_GetAnnot(page, place)
            if not note:
                continue
            for entry in _OF_A_COMMENT:
                if pdfium.FPDFAnnot_HasKey(note, entry):
                    pdfium.FPDFAnnot_SetStringValue(note, entry, nobody)
            pdfium.FPDFPage_CloseAnnot(note)
        page.close()


def blanked(content: bytes) -> bytes:
    """The same bytes with the entries that name people, and cameras' notes in pictures, made blank."""
    made = bytearray(content)
    for found in _OBJECT.finditer(content):
        end = _end_of_words(content, found.end())
        for entry in _ENTRIES.finditer(content, found.end(), end):
            after = _after_value(content, entry.end(), end)
            made[entry.start() : after] = b" " * (after - entry.start())
        if content[end : end + 6] == b"stream" and b"/DCTDecode" in content[found.end() : end]:
            _blank_notes(made, content, end)
    return bytes(made)


def _end_of_words(content: bytes, at: int) -> int:
    """Where the object's dictionary ends: at its stream or at its end. Strings may hold either word."""
    while at < len(content):
        if content[at : at + 1] in b"(<" and content[at : at + 2] != b"<<":
            at = _after_value(content, at, len(content))
        elif content[at : at + 6] in (b"stream", b"endobj"):
            return at
        else:
            at += 1
    return at


def _after_value(content: bytes, at: int, end: int) -> int:
    while at < end and content[at : at + 1].isspace():
        at += 1
    first = content[at : at + 1]
    if first == b"(":
        return _after_string(content, at)
    if content[at : at + 2] == b"<<" or first == b"[":
        return _after_nest(content, at, end)
    if first == b"<":
        return content.index(b">", at) + 1
    found = _REF.match(content, at) or _PLAIN.match(content, at)
    return found.end() if found else at


def _after_nest(content: bytes, at: int, end: int) -> int:
    depth = 0
    while at < end:
        two = content[at : at + 2]
        if two in (b"<<", b">>"):
            depth, at = depth + (1 if two == b"<<" else -1), at + 2
        elif two[:1] in (b"[", b"]"):
            depth, at = depth + (1 if two[:1] == b"[" else -1), at + 1
        elif two[:1] in (b"(", b"<"):
            at = _after_value(content, at, end)
        else:
            at += 1
        if depth == 0:
            break
    return at


def _after_string(content: bytes, at: int) -> int:
    depth = 0
    while at < len(content):
        letter = content[at : at + 1]
        at += 2 if letter == b"\\" else 1
        depth += (letter == b"(") - (letter == b")")
        if depth == 0:
            break
    return at


def _blank_notes(made: bytearray, content: bytes, at: int) -> None:
    """Zeros for the notes at the head of a JPEG; their lengths stay."""
    at = content.find(b"\xff\xd8", at, at + 12) + 2
    while at > 1 and at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = struct.unpack(">H", content[at + 2 : at + 4])[0]
        if content[at + 1] in (0xE1, 0xED, 0xFE):
            made[at + 4 : at + 2 + size] = bytes(size - 2)
        at += 2 + size
