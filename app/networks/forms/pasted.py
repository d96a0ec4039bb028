"""Reading a pasted list of people to invite.

People come in any order and shape that an address book, a mail or a spreadsheet gives:
`Ana Ruiz <ana@x.org>`, `ana@x.org, Ana Ruiz`, cells with tabs, several on a line with
semicolons. Each line becomes a person or a reason why not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from app.core.text import TooLong, line
from app.networks.actions.inviting import MOST_PEOPLE
from app.networks.actions.words import NAME as PERSON_NAME
from app.networks.models import fold

_ADDRESS = re.compile(r"[^\s<>,;\"'()\[\]]{1,200}@[^\s<>,;\"'()\[\]]{1,200}")


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
