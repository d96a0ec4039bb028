"""Names of files: kept for people, never used as paths.

Rules: what text is allowed on a line, without any folder, at most 150 characters, with an ending that
says what the file is. The name given back at download is this one, whatever letters it is written in.
"""

import re
import unicodedata
from urllib.parse import quote

from app.core.text import line

LONGEST = 150
_FOLDERS = re.compile(r"[/\\]")
_ASCII = re.compile(r"[^\x20-\x7e]|[\"\\%]")


def kept_name(given: str, ending: str) -> str:
    """The name to keep for a file that is truly an `ending` (such as ``.pdf``)."""
    stem, old = split_name(given)
    if not same_ending(old, ending):
        stem = stem if is_known_ending(old) else stem + old
        old = ending
    stem = stem.rstrip(". ") or "file"
    return stem[: LONGEST - len(old)].rstrip(". ") + old


def split_name(given: str) -> tuple[str, str]:
    """Stem and ending (lower-case, with its dot, or empty) of a name without its folders."""
    name = line(_FOLDERS.split(given)[-1]).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isascii() or not ending.isalnum() or len(ending) > 8:
        return name, ""
    return stem, f".{ending.lower()}"


def same_ending(one: str, other: str) -> bool:
    alike = {".jpeg": ".jpg", ".jpe": ".jpg", ".htm": ".html"}
    return alike.get(one, one) == alike.get(other, other)


def is_known_ending(ending: str) -> bool:
    """Whether an ending names a picture format, so that another picture's ending takes its place."""
    return ending in {".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".bmp", ".heic", ".heif"}


def disposition(name: str, *, inline: bool) -> str:
    """The Content-Disposition of a download (RFC 6266), with the name in both of its forms."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _ASCII.sub("_", plain).strip() or "file"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"
