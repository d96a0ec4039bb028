"""Reading a pasted list of schools and districts, and saying what it would become.

A list comes as lines, as CSV (name, short name, kind, parent; commas, semicolons or tabs), or as an
*outline*: indented lines, and those after `District: Name`, are schools of the district above them. A
*plan* is what the list makes of the network, to be looked over before anything is written.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from flask_babel import gettext as _

from app.core.text import line
from app.networks.actions.sites import NAME, SHORT, NewSite
from app.networks.models import Site, fold

SITES_AT_MOST = 500
_DISTRICT_WORDS = frozenset({"district", "d"})
_SITE_HEADERS = frozenset({"name", "school", "site"})
_HEADING = re.compile(r"district\s*:\s*(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"[-*•–]\s+")


@dataclass(frozen=True)
class SiteLine:
    """One line of a pasted list of sites: the site, or why it cannot be one."""

    text: str
    site: NewSite | None = None
    wrong: str = ""


@dataclass(frozen=True)
class Planned:
    """A line of the plan: a new site, or a district that is there and gets new schools."""

    name: str
    kind: str
    depth: int
    is_new: bool = True
    missing: str = ""
    """The name of a district that is neither there nor in the list."""


def read_sites(pasted: str) -> list[SiteLine]:
    """Sites from lines, an outline or CSV, a header line passed over."""
    pasted = pasted.lstrip("\ufeff").replace("\x00", "")
    rows = list(_outline(pasted) if _is_outline(pasted) else _table(pasted))
    found = [_site(row) for row in rows[:SITES_AT_MOST]]
    if len(rows) > SITES_AT_MOST:
        found.append(SiteLine("…", wrong=_("This is more than %(most)s at once.", most=SITES_AT_MOST)))
    return found


def mark_of(read: Sequence[SiteLine]) -> str:
    """Names what a list says, so that it is known again after somebody looked it over."""
    return hashlib.sha256(repr([each.site for each in read]).encode()).hexdigest()[:24]


def plan_of(read: Sequence[SiteLine], there: Sequence[Site]) -> list[Planned]:
    """What `add_sites` would make of the list, as a tree, districts first."""
    kinds = {fold(site.name): site.kind for site in there}
    names = {fold(site.name): site.name for site in there}
    below: dict[str, list[NewSite]] = {}
    missing: dict[str, str] = {}
    for new in sorted((each.site for each in read if each.site), key=lambda site: site.kind != "district"):
        key, parent = fold(new.name), fold(new.parent)
        if key in kinds:
            continue
        inside = parent if kinds.get(parent) == "district" else ""
        missing[key] = new.parent if not inside else ""
        kinds[key] = new.kind
        below.setdefault(inside, []).append(new)
    known = [key for key in below if key in names]
    found = list(_walk("", 0, below, missing))
    for key in known:
        found += [Planned(names[key], "district", 0, is_new=False), *_walk(key, 1, below, missing)]
    return found


def _walk(
    inside: str, depth: int, below: dict[str, list[NewSite]], missing: dict[str, str]
) -> Iterator[Planned]:
    for new in below.get(inside, ()):
        key = fold(new.name)
        yield Planned(new.name, new.kind, depth, missing=missing[key])
        yield from _walk(key, depth + 1, below, missing)


def _is_outline(pasted: str) -> bool:
    lines = [text for text in pasted.splitlines() if text.strip()]
    return any(_HEADING.match(text) for text in lines) or any(_indented(text) for text in lines[1:])


def _indented(text: str) -> bool:
    """By spaces, a tab or a bullet; a row of a spreadsheet whose first cell is empty is not."""
    stripped = text.strip()
    return bool(_BULLET.match(stripped)) or (text[:1] in (" ", "\t") and "\t" not in stripped)


def _outline(pasted: str) -> Iterator[list[str]]:
    """Rows as the table has them: the district above stands in the last cell."""
    lines = pasted.splitlines()
    heading = above = ""
    for number, text in enumerate(lines):
        if not text.strip():
            heading = ""
        elif _HEADING.match(text):
            heading = above = _HEADING.sub("", text, count=1).strip()
            yield [heading, "", "district", ""]
        elif _indented(text):
            yield _within(_cells(_BULLET.sub("", text.strip(), count=1)), heading or above)
        elif _has_schools(lines, number):
            heading, cells = "", _cells(text.strip().rstrip(":"))
            above = cells[0]
            yield [*cells[:2], cells[2] or "district", cells[3]]
        else:
            above = ""
            yield _within(_cells(text.strip()), heading)


def _has_schools(lines: list[str], number: int) -> bool:
    return number + 1 < len(lines) and bool(lines[number + 1].strip()) and _indented(lines[number + 1])


def _within(cells: list[str], district: str) -> list[str]:
    return [*cells[:3], cells[3] or district]


def _cells(text: str) -> list[str]:
    row = next(iter(_split(text)), [text])
    return [cell.strip() for cell in row[:4]] + [""] * (4 - len(row[:4]))


def _table(pasted: str) -> list[list[str]]:
    rows = [row for row in _split(pasted) if any(cell.strip() for cell in row)]
    return rows[1:] if rows and fold(rows[0][0].strip()) in _SITE_HEADERS else rows


def _split(pasted: str) -> list[list[str]]:
    first = next((text for text in pasted.splitlines() if text.strip()), "")
    mark = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    try:
        return list(csv.reader(StringIO(pasted), delimiter=mark))
    except csv.Error:
        return [[text] for text in pasted.splitlines()]


def _site(row: list[str]) -> SiteLine:
    cells = [line(cell) for cell in row[:4]] + [""] * (4 - len(row[:4]))
    name, short, kind, parent = cells
    shown = ", ".join(cell for cell in cells if cell)[:160]
    if not name:
        return SiteLine(shown, wrong=_("The name is missing."))
    if len(name) > NAME or len(short) > SHORT:
        return SiteLine(shown, wrong=_("The name is too long."))
    is_district = fold(kind) in _DISTRICT_WORDS or (not kind and "district" in fold(name))
    return SiteLine(shown, NewSite(name, short, "district" if is_district else "school", parent))
