"""What a camera or a program wrote beside a picture (author, place, comments), taken out of JPEG and PNG
without touching the picture."""

import struct
from collections.abc import Iterator

_KEPT = {0xE0, 0xE2, 0xEE}
"""Of the application segments: how it is coded and its colours."""
_PNG = b"\x89PNG\r\n\x1a\n"
_WORDS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")


def without_metadata(content: bytes) -> bytes:
    """The same picture without what was written beside it; other kinds stay as they are."""
    if content.startswith(b"\xff\xd8"):
        return b"".join(_jpeg(content))
    return b"".join(_png(content)) if content.startswith(_PNG) else content


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xDA:
            break
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT:
            yield content[at:end]
        at = end
    last = content.rfind(b"\xff\xd9")
    yield content[at : last + 2] if last >= at else content[at:]


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at + 12 <= len(content):
        end = at + 12 + struct.unpack(">I", content[at : at + 4])[0]
        if content[at + 4 : at + 8] not in _WORDS:
            yield content[at:end]
        if content[at + 4 : at + 8] == b"IEND":
            return
        at = end
