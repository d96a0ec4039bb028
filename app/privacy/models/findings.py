"""What was found, as people are told of it: a kind, a place, a sentence.

Nouns: a *finding* is something that looks like a student's; its *place* says where in a file it stands.
Rules: a finding in a file holds no words of it, only where they stand: a name lies in one place alone.
`mark()` names a finding without telling it: what was decided about it is kept under that name.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "score": _l("This looks like a student’s name with a grade or a score."),
    "id": _l("This looks like a student’s number."),
    "email": _l("This looks like an e-mail address of a student or a family."),
    "phone": _l("This looks like a phone number of a student or a family."),
    "birth": _l("This looks like a date of birth."),
    "watched": _l("Your network is careful with this. Would you say it differently?"),
}
WATCHED = "watched"
"""A word that a network asks its people to look at again: nothing about a student."""
MANY: dict[str, Any] = {
    "score": _l("These rows look like students’ names with grades or scores."),
    "id": _l("These rows look like students with their numbers."),
    "email": _l("These rows look like e-mail addresses of students or families."),
    "phone": _l("These rows look like phone numbers of students or families."),
    "birth": _l("These rows look like dates of birth."),
}


@dataclass(frozen=True)
class Place:
    """`unit` and `number` name a section of a file; `first` to `last` are rows or lines of it, from 1."""

    file_key: str
    name: str
    unit: str
    number: int
    title: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Finding:
    """Letters `start` to `end` of what was looked at; `said` are these words, empty for a file's.

    `about` is what two findings of the same thing share, such as the name and the score in small letters.
    """

    kind: str
    start: int
    end: int
    about: str = field(default="", repr=False)
    said: str = field(default="", repr=False)
    out: str = field(default="", repr=False)
    """What taking it out takes: of a name with a score the name alone."""
    place: Place | None = None
    kept_mark: str = ""

    @property
    def sentence(self) -> str:
        many = self.place is not None and self.place.last > self.place.first
        return str((MANY if many else KINDS)[self.kind])

    @property
    def where(self) -> str:
        """The place in words: the words themselves, or "Sheet 1, row 4" of a file."""
        return where_of(self.place) if self.place else _("“%(words)s”", words=self.said)

    @property
    def mark(self) -> str:
        """A name for this finding that tells nothing of it."""
        return self.kept_mark or mark_of(self.kind, self.about)

    def as_json(self) -> dict[str, Any]:
        """For the page's script, and for whoever speaks to the socket."""
        place = asdict(self.place) if self.place else None
        told = {"kind": self.kind, "mark": self.mark, "sentence": self.sentence, "where": self.where}
        return {
            **told,
            "start": self.start,
            "end": self.end,
            "said": self.said,
            "out": self.out,
            "place": place,
        }


def mark_of(kind: str, about: str) -> str:
    """HMAC under the application's secret, so that a guessed name cannot be compared."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"privacy:{kind}:{about}".encode(), hashlib.sha256).hexdigest()[:32]


def where_of(place: Place) -> str:
    section = _section(place)
    if not place.first:
        return section
    sheet = place.unit == "sheet"
    if place.last > place.first:
        several = (
            _("%(place)s, rows %(first)s to %(last)s")
            if sheet
            else _("%(place)s, lines %(first)s to %(last)s")
        )
        return several % {"place": section, "first": place.first, "last": place.last}
    one = _("%(place)s, row %(first)s") if sheet else _("%(place)s, line %(first)s")
    return one % {"place": section, "first": place.first}


def _section(place: Place) -> str:
    if place.unit == "name":
        return _("The name of %(name)s", name=place.name)
    if place.unit == "sheet" and place.title:
        return _("%(name)s, sheet “%(title)s”", name=place.name, title=place.title)
    sentences = {
        "page": _("%(name)s, page %(number)s", name=place.name, number=place.number),
        "slide": _("%(name)s, slide %(number)s", name=place.name, number=place.number),
        "sheet": _("%(name)s, sheet %(number)s", name=place.name, number=place.number),
        "part": _("%(name)s, part %(number)s", name=place.name, number=place.number),
    }
    return sentences[place.unit]


def undecided(findings: Iterable[Finding], kept: Iterable[str]) -> list[Finding]:
    """Those that nobody decided on yet, each mark once."""
    marks = set(kept)
    left = []
    for finding in findings:
        if finding.mark not in marks:
            marks.add(finding.mark)
            left.append(finding)
    return left


def of_students(findings: Iterable[Finding]) -> list[Finding]:
    """Those that look like a student's, without the words that are only watched."""
    return [finding for finding in findings if finding.kind != WATCHED]


def at(finding: Finding, place: Place) -> Finding:
    """The same, in a file."""
    return replace(finding, place=place, said="", out="")
