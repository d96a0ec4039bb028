"""Reading pasted lists: people to invite, and sites.

People come in any order and shape that an address book, a mail or a spreadsheet gives:
`Ana Ruiz <ana@x.org>`, `ana@x.org, Ana Ruiz`, cells with tabs, several on a line with
semicolons. Each line becomes a person or a reason why not. Sites come as lines or CSV:
name, short name, kind, parent.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from app.core.text import TooLong, line
from app.networks.actions.inviting import MOST_PEOPLE
from app.networks.actions.sites import NAME, SHORT, NewSite
from app.networks.actions.words import NAME as PERSON_NAME
from app.networks.models import fold

SITES_AT_MOST = 500
_ADDRESS = re.compile(r"[^\s<>,;\"'()\[\]]{1,200}@[^\s<>,;\"'()\[\]]{1,200}")
_DISTRICT_WORDS = frozenset({"district", "d"})
_SITE_HEADERS = frozenset({"name", "school", "site"})


@dataclass(frozen=True)
class Entry:
    """One line as read: a good address in lower case, or `wrong` with the reason."""

    text: str
    email: str = ""
    name: str = ""
    wrong: str = ""


def read_people(pasted: str) -> list[Entry]:
    """The people of a pasted list, in its order; a header line and empty lines are passed over."""
    found: list[Entry] = []
    seen: set[str] = set()
    for piece in _pieces(pasted):
        entry = _person(piece)
        if entry.email in seen:
            entry = Entry(piece, wrong=_("This address is in the list twice."))
        elif entry.email and len(seen) >= MOST_PEOPLE:
            entry = Entry(piece, wrong=_("This is more than %(most)s at once.", most=MOST_PEOPLE))
        seen.update({entry.email} - {""})
        found.append(entry)
    return found


def _pieces(pasted: str) -> Iterator[str]:
    """Lines; a line with several addresses is taken apart at its semicolons or commas."""
    for number, raw in enumerate(pasted.replace("mailto:", "").splitlines()):
        text = raw.strip().strip(";,").strip()
        if not text or (number == 0 and _is_header(text)):
            continue
        yield from _apart(text)


def _apart(text: str, marks: str = ";,") -> Iterator[str]:
    """Semicolons part people before commas do, which may also stand inside a name: "Ruiz, Ana"."""
    if not marks or len(_ADDRESS.findall(text)) < 2:
        yield text
        return
    for part in text.split(marks[0]):
        if part.strip():
            yield from _apart(part.strip(), marks[1:])


def _is_header(text: str) -> bool:
    return "@" not in text and bool(
        {"email", "e-mail", "mail", "address"} & set(re.split(r"[\W_]+", fold(text)))
    )


def _person(piece: str) -> Entry:
    shown = line(piece)[:160]
    match = _ADDRESS.search(piece)
    if match is None:
        return Entry(shown, wrong=_("No email address here."))
    try:
        email = validate_email(match.group(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return Entry(shown, wrong=_("This does not look like an email address."))
    try:
        return Entry(shown, email=email, name=line(_name_around(piece, match), PERSON_NAME))
    except TooLong:
        return Entry(shown, email=email)


def _name_around(piece: str, match: re.Match[str]) -> str:
    """What is left of a line without its address: "Ruiz, Ana" is turned round."""
    rest = piece[: match.start()] + "\t" + piece[match.end() :]
    parts = [part.strip(" <>()[]\"',;:") for part in re.split(r"[\t;]", rest)]
    words = " ".join(part for part in parts if part)
    last, comma, first = words.partition(",")
    return f"{first.strip(' ,')} {last.strip()}" if comma and first.strip(" ,") else words


@dataclass(frozen=True)
class SiteLine:
    """One line of a pasted list of sites: the site, or why it cannot be one."""

    text: str
    site: NewSite | None = None
    wrong: str = ""


def read_sites(pasted: str) -> list[SiteLine]:
    """Sites from lines or CSV (commas, semicolons or tabs), a header line passed over."""
    pasted = pasted.lstrip("\ufeff").replace("\x00", "")
    rows = [row for row in _rows(pasted) if any(cell.strip() for cell in row)]
    if rows and fold(rows[0][0].strip()) in _SITE_HEADERS:
        rows = rows[1:]
    found = [_site(row) for row in rows[:SITES_AT_MOST]]
    if len(rows) > SITES_AT_MOST:
        found.append(SiteLine("…", wrong=_("This is more than %(most)s at once.", most=SITES_AT_MOST)))
    return found


def _rows(pasted: str) -> list[list[str]]:
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
