"""The four forms of the composer, one for each kind of post.

A *tried it* asks for two things, what was tried and how it went, and takes the rest when
there is time. Rich text comes as `html` from the editor or as plain text without it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
    validators,
)
from wtforms.fields.choices import SelectChoice

from app.contributions.models import OUTCOMES
from app.core import text
from app.core.numbers import chosen
from app.networks.models import Driver
from app.standards.forms import StandardsField

OUTCOME_WORDS = {"worked": _l("Worked"), "mixed": _l("Mixed"), "did_not_work": _l("Didn't work")}
SETTING_WORDS = {
    "whole_class": _l("Whole class"),
    "small_group": _l("Small group"),
    "one_to_one": _l("One to one"),
    "intervention": _l("Intervention"),
    "homework": _l("Homework"),
    "other": _l("Somewhere else"),
}
TITLE_LIMIT = 140
PART_LIMIT = 4000
_KEPT = _l("Write a few words first. Everything else is kept.")


def _one_line(value: str | None) -> str:
    return text.line(value or "")


def _several_lines(value: str | None) -> str:
    return "\n".join(line.rstrip() for line in text.typed(text.from_plain(value or "")).splitlines()).strip()


def _choices(*pairs: tuple[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _grades() -> list[SelectChoice]:
    grades = ((str(grade), _l("Grade %(grade)s", grade=grade)) for grade in range(4, 10))
    return _choices(("", _l("Which grade?")), *grades)


class PostForm(Form):
    """What every kind has: one line, rich text, files, and where to share it."""

    title = StringField(
        _l("In one line"), [validators.Optional(), validators.Length(max=TITLE_LIMIT)], filters=[_one_line]
    )
    body = TextAreaField(_l("What do you want to share?"))
    space = IntegerField(_l("Who sees this"), [validators.Optional(), validators.NumberRange(1, 2**62)])
    driver = SelectField(_l("Which driver does it serve?"), validate_choice=False, coerce=chosen)
    standards = StandardsField(_l("Which standards does it serve?"))
    sealed = BooleanField(_l("Share it without my name"), false_values=("", "0", "false"))
    clean = ""
    """The cleaned rich text, after `validate()`."""

    def __init__(self, data: Any = None, drivers: Iterable[Driver] = (), **values: Any) -> None:
        """`drivers` are those that may be named; without any the form does not ask."""
        super().__init__(data, **values)
        names = {driver.id: driver.name for driver in drivers}
        self._may_be_named = {None, *names}
        self.driver.choices = _choices(("", _l("None in particular")), *((str(i), names[i]) for i in names))

    def validate_driver(self, field: SelectField) -> None:
        if field.data not in self._may_be_named:
            raise ValidationError(
                _l("This driver is not on your network's list. Choose another one, or none.")
            )

    def validate_body(self, field: TextAreaField) -> None:
        self.clean = self._cleaned(field)
        if text.is_blank(self.clean) and not self.may_be_empty:
            raise ValidationError(_KEPT)

    @property
    def may_be_empty(self) -> bool:
        """Files alone are enough where files are the point."""
        return False

    def _cleaned(self, field: TextAreaField) -> str:
        """Raises ValidationError for a text that is too long; the text stays in the form."""
        try:
            return text.clean(rich(field.data or ""))
        except text.TooLong as error:
            raise ValidationError(str(error)) from error


def rich(value: str) -> str:
    """HTML from the editor as it is; plain text from a plain box as paragraphs."""
    return value if value.lstrip().startswith("<") else text.from_plain(value)


class UpdateForm(PostForm):
    body = TextAreaField(_l("What's new?"))


class QuestionForm(PostForm):
    title = StringField(
        _l("Your question, in one line"),
        [validators.Optional(), validators.Length(max=TITLE_LIMIT)],
        filters=[_one_line],
    )
    body = TextAreaField(_l("What do you want to ask?"))


class MaterialForm(PostForm):
    body = TextAreaField(_l("What is it, and how did you use it?"))
    has_files = False

    @property
    def may_be_empty(self) -> bool:
        return self.has_files


class TriedItForm(PostForm):
    body = TextAreaField(_l("What did you try?"))
    outcome = RadioField(
        _l("How did it go?"),
        [validators.InputRequired(_l("Choose one: worked, mixed, or didn't work."))],
        choices=_choices(*((name, OUTCOME_WORDS[name]) for name in OUTCOMES)),
    )
    grade = SelectField(_l("Grade"), choices=_grades(), default="")
    setting = SelectField(
        _l("Setting"), choices=_choices(("", _l("Where?")), *SETTING_WORDS.items()), default=""
    )
    group_size = IntegerField(
        _l("How many students"), [validators.Optional(), validators.NumberRange(1, 400)]
    )
    minutes = IntegerField(_l("Minutes"), [validators.Optional(), validators.NumberRange(1, 600)])
    expected = TextAreaField(
        _l("What did you expect?"), [validators.Length(max=PART_LIMIT)], filters=[_several_lines]
    )
    happened = TextAreaField(
        _l("What happened?"), [validators.Length(max=PART_LIMIT)], filters=[_several_lines]
    )
    change_next = TextAreaField(
        _l("What would you change next?"), [validators.Length(max=PART_LIMIT)], filters=[_several_lines]
    )


FORMS: Mapping[str, type[PostForm]] = {
    "tried_it": TriedItForm,
    "question": QuestionForm,
    "material": MaterialForm,
    "update": UpdateForm,
}
