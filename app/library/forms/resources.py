"""The form of a resource. Two fields are enough, and something to share; the rest is guessed or left out."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField, ValidationError, validators

from app.core import text
from app.core.forms import Form
from app.library.models.licences import LICENCES
from app.library.models.vocabulary import LANGUAGES, SUBJECTS, WHATS
from app.networks.forms.fields import Choice, Grades, Line, Number
from app.networks.models import Driver
from app.standards.forms import StandardsField

TITLE_LIMIT = 140
TAGS_AT_MOST, TAG_LIMIT = 12, 40

AUTHORS_AT_MOST = 200
"""Letters, as the column holds."""


def rich(typed: str) -> str:
    """HTML from the editor as it is, plain words as paragraphs; clean. Raises ValidationError."""
    try:
        return text.clean(typed if typed.lstrip().startswith("<") else text.from_plain(typed))
    except text.TooLong as error:
        raise ValidationError(str(error)) from error


def web_address(typed: str) -> str:
    """A link as people paste it, with its scheme. Raises ValidationError for what is none."""
    if typed and "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        fine = not typed or (parts.scheme in ("http", "https") and "." in (parts.hostname or ""))
    except ValueError:
        fine = False
    if not fine or any(letter.isspace() for letter in typed):
        raise ValidationError(
            str(_l("This does not look like a web address. Copy it from the browser's bar."))
        )
    return typed


class ResourceForm(Form):
    """`clean` is the page or description after `validate()`; `has_files` says whether files came along."""

    title = Line(
        _l("Title"),
        TITLE_LIMIT,
        needed=_l("A title helps colleagues find it again: what is it, and about what?"),
    )
    what = Choice(_l("What is it?"), [("", _l("Guess from the title")), *WHATS.items()])
    body = TextAreaField(_l("What is it about, and how is it used?"))
    link_url = Line(_l("Or a link"), 2000)
    space = IntegerField(_l("Who sees this"), [validators.Optional(), validators.NumberRange(1, 2**62)])
    grades = Grades(_l("Grades"))
    subject = Choice(_l("Subject"), [("", _l("Not said")), *SUBJECTS.items()])
    minutes = Number(
        _l("Minutes"), [validators.Optional(), validators.NumberRange(1, 6000, _l("From 1 to 6000 minutes."))]
    )
    needs = Line(_l("What is needed"), 300)
    language = Choice(_l("Language"), list(LANGUAGES.items()), default="en")
    licence = Choice(_l("What may others do with it?"))
    authors = Line(_l("Who made it"), AUTHORS_AT_MOST)
    tags = Line(_l("Tags"), 400)
    driver = Choice(_l("Which driver does it serve?"))
    standards = StandardsField(_l("Which standards does it serve?"))
    clean = ""
    has_files = False

    def __init__(
        self, drivers: Iterable[Driver] = (), licences: Iterable[str] = tuple(LICENCES), **more: Any
    ) -> None:
        """`licences` are the codes that may be chosen."""
        super().__init__(**more)
        names = [(str(driver.id), driver.name) for driver in drivers]
        self.driver.offer([("", _l("None in particular")), *names])
        self.licence.offer([(code, LICENCES[code].name) for code in licences])
        if self.is_submitted() and request.form.get("html"):
            self.body.data = request.form["html"]

    def validate_body(self, field: TextAreaField) -> None:
        clean = rich(field.data or "")
        self.clean = "" if text.is_blank(clean) else clean
        if not (self.clean or self.has_files or self.link_url.data):
            raise ValidationError(str(_l("Add a file, paste a link, or write a few words here.")))

    def validate_link_url(self, field: Line) -> None:
        field.data = web_address(field.data or "")

    @property
    def form_of_it(self) -> str:
        """What it is made of: file, link or page."""
        return "file" if self.has_files else "link" if self.link_url.data else "page"

    @property
    def tag_list(self) -> list[str]:
        tags = (text.line(tag)[:TAG_LIMIT].strip() for tag in (self.tags.data or "").split(","))
        return list(dict.fromkeys(tag for tag in tags if tag))[:TAGS_AT_MOST]


class AdaptForm(ResourceForm):
    """A copy: the same, with what was changed, and perhaps a second source."""

    changed = Line(
        _l("What did you change?"), 500, needed=_l("One line is enough: what is different in your copy?")
    )
    also = Line(_l("Made of another resource too? Its link"), 300)


class VersionForm(Form):
    """A new version: other files, another link or text, and what changed and why."""

    note = Line(
        _l("What changed, and why?"),
        500,
        needed=_l("One line is enough: colleagues who use it want to know."),
    )
    link_url = Line(_l("Link"), 2000)
    body = TextAreaField(_l("Text"))
    clean = ""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        if self.is_submitted() and request.form.get("html"):
            self.body.data = request.form["html"]

    def validate_body(self, field: TextAreaField) -> None:
        clean = rich(field.data or "")
        self.clean = "" if text.is_blank(clean) else clean

    def validate_link_url(self, field: Line) -> None:
        field.data = web_address(field.data or "")
