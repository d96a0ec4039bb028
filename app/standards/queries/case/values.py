"""Single values of a package: read as they are sent, cut to what we keep, never raising."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.core.text import excerpt, line
from app.networks.models import GRADES, grade_bit

Fields = Mapping[str, Any]
LONGEST_TEXT = 8_000
_KINDERGARTEN = frozenset({"K", "KG", "00", "0"})
_LONGEST_READ = 60_000


def one_line(fields: Fields, *names: str, limit: int = 300) -> str:
    """The first of these that says something, on one line; a list's parts with commas."""
    for name in names:
        if words := line(_said(fields.get(name))):
            return excerpt(words, limit) if len(words) > limit else words
    return ""


def several_lines(fields: Fields, name: str) -> str:
    """Plain text of at most LONGEST_TEXT characters."""
    lines = [line(each) for each in _said(fields.get(name)).splitlines()]
    return "\n".join(each for each in lines if each)[:LONGEST_TEXT]


def identifier_of(value: Any) -> str:
    """Of an item, or of what points to one: an object with an identifier or address, or just a text."""
    if isinstance(value, Mapping):
        value = value.get("identifier") or str(value.get("uri") or "").rstrip("/").rpartition("/")[2]
    known = line(_said(value))
    return known if len(known) <= 120 else ""


def title_of(value: Any) -> str:
    return one_line(value, "title") if isinstance(value, Mapping) else ""


def address(fields: Fields, *names: str) -> str:
    """A web address; what else is said there is left out."""
    for name in names:
        words = line(_said(fields.get(name)))
        if words.lower().startswith(("https://", "http://")) and len(words) <= 1000:
            return words
    return ""


def moment(value: Any) -> datetime | None:
    """An aware moment in UTC; None for what is none."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.strip()[:40])
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return read if 1990 <= read.year <= 2100 else None


def number(value: Any) -> float | None:
    """A sequence number, however it is written."""
    try:
        read = float(value) if isinstance(value, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


def grades_in(value: Any) -> tuple[int, list[str]]:
    """The bit mask of `educationLevel`, and the levels that are no grade of ours."""
    mask, strange = 0, []
    levels = value if isinstance(value, list) else str(value or "").split(",")
    for level in levels[:40]:
        plain = line(_said(level)).upper()
        grade = _grade(plain)
        if grade in GRADES:
            mask |= grade_bit(grade)
        elif plain:
            strange.append(plain[:20])
    return mask, strange


def _grade(plain: str) -> int:
    """`07` is 7, `KG` is 0; -1 for what is no grade."""
    if plain in _KINDERGARTEN:
        return 0
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 3 else -1


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value[:_LONGEST_READ]
    if isinstance(value, bool) or value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list):
        return ", ".join(each[:_LONGEST_READ] for each in value[:20] if isinstance(each, str))
    return str(value)[:100] if isinstance(value, (int, float)) else ""
