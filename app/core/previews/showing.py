"""What a page needs to show a file without opening it: one section at a time, or why there is none.

Nouns: a *look* is a file as its page shows it, at one section; its *words* say what is being looked at
("Page 3 of 12"). Whoever makes one has asked `files.may_open` first.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.db import db
from app.core.files.models import FileText, StoredFile

UNITS: dict[str, Any] = {"page": _l("Page"), "slide": _l("Slide"), "sheet": _l("Sheet"), "part": _l("Part")}
STATES: dict[str, Any] = {
    "waiting": _l("The preview is being made. It takes a moment; the file itself is here already."),
    "empty": _l("There is no text in this file to show here."),
    "locked": _l("The text could not be read: the file is password-protected."),
    "damaged": _l("The text could not be read: the file seems damaged. Saving it again often helps."),
    "large": _l("The text could not be read: the file is too large to look through."),
    "quarantined": _l("This file is being checked for viruses. It opens as soon as that is done."),
    "refused": _l("The virus check found something in this file, so it is kept closed for everybody."),
}


@dataclass(frozen=True)
class Look:
    """`shown` is the section that is looked at; `contents` are all of them, as number and title."""

    stored: StoredFile
    shown: FileText | None
    contents: list[tuple[int, str]]

    @property
    def trouble(self) -> Any:
        """Why there is no preview, as a sentence; None where there is one or none is needed."""
        if self.stored.state != "ready":
            return STATES.get(self.stored.state)
        return None if self.contents and self.stored.reading == "read" else STATES.get(self.stored.reading)

    @property
    def words(self) -> str:
        if self.shown is None:
            return ""
        unit = UNITS[self.shown.unit]
        return _(
            "%(unit)s %(number)s of %(all)s", unit=unit, number=self.shown.number, all=len(self.contents)
        )

    @property
    def before(self) -> int | None:
        return self.shown.number - 1 if self.shown and self.shown.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.shown.number + 1 if self.shown and self.shown.number < len(self.contents) else None


def look_at(stored: StoredFile, number: int | None = None) -> Look:
    """The file at this section; at the first or the last where the number leads beyond."""
    rows = db.session.execute(
        select(FileText.number, FileText.title).where(FileText.file_id == stored.id).order_by(FileText.number)
    )
    contents = [(row.number, row.title) for row in rows]
    if not contents:
        return Look(stored, None, contents)
    number = max(1, min(number or 1, len(contents)))
    return Look(stored, db.session.get(FileText, (stored.id, number)), contents)


def called(unit: str, number: int, title: str, name: str) -> str:
    """A section in a line of words: "page 3 of worksheet.pdf"."""
    if unit == "sheet" and title:
        return _("sheet “%(title)s” of %(name)s", title=title, name=name)
    sentences = {
        "page": _("page %(number)s of %(name)s", number=number, name=name),
        "slide": _("slide %(number)s of %(name)s", number=number, name=name),
        "sheet": _("sheet %(number)s of %(name)s", number=number, name=name),
        "part": _("part %(number)s of %(name)s", number=number, name=name),
    }
    return sentences[unit]
