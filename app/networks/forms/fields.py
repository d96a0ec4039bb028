"""Form controls that know what people type: one line, several lines, a school, some grades.

Rules: what was typed stays in the field with a sentence about what to change; nothing is cut
off. Text arrives tidied by `core.text`.
"""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.text import TooLong, line
from app.networks.actions.words import lines
from app.networks.models import GRADES, ROLES, Network, grade_bit, grades_of, words
from app.networks.queries import places

Pairs = Sequence[tuple[str, Any]]
LONGEST_SHOWN = 10_000
"""Characters of a far too long entry that are shown again; a browser has the rest."""


class _Words:
    limit: int

    def _tidy(self, typed: str) -> str:
        raise NotImplementedError

    def _take(self, typed: str) -> str:
        """Tidied text. Raises ValueError with a sentence; the field then keeps what was typed."""
        try:
            return self._tidy(typed)
        except TooLong as error:
            raise ValueError(str(error)) from error


class Line(_Words, StringField):
    """One line of text, at most `limit` characters."""

    def __init__(self, label: Any, limit: int, *, needed: Any = "", **more: Any) -> None:
        checks = [InputRequired(needed)] if needed else [Optional()]
        super().__init__(label, checks, **more)
        self.limit = limit

    def _tidy(self, typed: str) -> str:
        return line(typed, self.limit)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        self.data = typed[:LONGEST_SHOWN]
        self.data = self._take(typed)
        self.raw_data = [self.data]


class Lines(_Words, TextAreaField):
    """Plain text of several lines, at most `limit` characters."""

    def __init__(self, label: Any, limit: int, *, needed: Any = "", **more: Any) -> None:
        checks = [InputRequired(needed)] if needed else [Optional()]
        super().__init__(label, checks, **more)
        self.limit = limit

    def _tidy(self, typed: str) -> str:
        return lines(typed, self.limit)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        self.data = typed[:LONGEST_SHOWN]
        self.data = self._take(typed)
        self.raw_data = [self.data]


class Upload(FileField):
    """A file that was sent under this name; words under it are none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = request.files.get(self.name)
        self.data = sent if sent is not None and sent.filename else None
        self.raw_data = ()


class Number(IntegerField):
    """A whole number of at most nine digits; empty is None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = line(str(valuelist[0])) if valuelist else ""
        self.data = None
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            self.raw_data = [typed[:20]]
            raise ValueError(str(_l("Please give a whole number.")))
        self.data = int(typed) if typed else None


class Choice(SelectField):
    """A list to choose from; "" is none. Nonsense is answered with a sentence."""

    def __init__(self, label: Any, pairs: Pairs = (), *, default: str = "", **more: Any) -> None:
        super().__init__(label, choices=_offered(pairs), coerce=str, default=default, **more)
        self.pairs = list(pairs)

    def offer(self, pairs: Pairs) -> None:
        """What can be chosen, as pairs of a value and its words."""
        self.pairs, self.choices = list(pairs), _offered(pairs)

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, _words in self.pairs}:
            raise ValidationError(str(_l("Please choose one from the list.")))

    @property
    def or_none(self) -> str | None:
        return self.data or None

    @property
    def number(self) -> int | None:
        return int(self.data) if self.data else None


def _offered(pairs: Pairs) -> list[SelectChoice]:
    return [SelectChoice(value, words) for value, words in pairs]


class Grades(SelectMultipleField):
    """Check boxes for grades; `mask` is their bit mask."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **more: Any) -> None:
        # Made for each request, so the words are in its language.
        choices = _offered([(str(grade), words.grade_word(grade)) for grade in GRADES])
        super().__init__(label, choices=choices, coerce=str, **more)

    def pre_validate(self, form: Any) -> None:
        if not set(self.data or ()) <= {str(grade) for grade in GRADES}:
            raise ValidationError(str(_l("Please choose from the grades shown.")))

    @property
    def mask(self) -> int:
        return sum(grade_bit(int(grade)) for grade in set(self.data or ()))

    @staticmethod
    def from_mask(mask: int) -> list[str]:
        return [str(grade) for grade in grades_of(mask)]


def role_choices(none: Any) -> list[tuple[str, Any]]:
    """The roles after an entry for none, with `none` as its words."""
    return [("", none), *((role, words.ROLE_WORDS[role]) for role in ROLES)]


def site_choices(network: Network, none: Any, *, also: int | None = None) -> list[tuple[str, Any]]:
    """Open sites as a tree; `also`: a closed site that somebody still has."""
    sites = [
        site
        for site in places.sites_of(network, closed=also is not None)
        if site.closed_at is None or site.id == also
    ]
    # Non-breaking spaces: an option has no other way to show that it belongs to the one above.
    return [
        ("", none),
        *(
            (str(site.id), "\N{NO-BREAK SPACE}" * 3 * depth + site.name)
            for site, depth in places.tree_of(sites)
        ),
    ]
