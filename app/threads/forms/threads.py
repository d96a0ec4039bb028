"""The forms of a thread: starting one, and its summary. Texts are checked by `core.text`."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, SelectField, StringField, TextAreaField, ValidationError, validators
from wtforms.fields.choices import SelectChoice

from app.core import text
from app.core.numbers import chosen
from app.networks.models import Driver

TITLE_LIMIT = 140


def _one_line(value: str | None) -> str:
    return text.line(value or "")


def _cleaned(value: str) -> str:
    """HTML from the editor as it is, plain words as paragraphs. Raises ValidationError when too long."""
    try:
        return text.clean(value if value.lstrip().startswith("<") else text.from_plain(value))
    except text.TooLong as error:
        raise ValidationError(str(error)) from error


class ThreadForm(Form):
    """`clean` is the opening text after `validate()`; files alone are enough for one."""

    title = StringField(
        _l("What is it about, in one line?"),
        [
            validators.InputRequired(_l("A thread needs a title, so that colleagues find it again.")),
            validators.Length(max=TITLE_LIMIT),
        ],
        filters=[_one_line],
    )
    body = TextAreaField(_l("How does it begin?"))
    space = IntegerField(_l("Who sees this"), [validators.Optional(), validators.NumberRange(1, 2**62)])
    driver = SelectField(_l("Which driver does it serve?"), validate_choice=False, coerce=chosen)
    clean = ""
    has_files = False

    def __init__(self, data: Any = None, drivers: Iterable[Driver] = (), **values: Any) -> None:
        """`drivers` are those that may be named; without any the form does not ask."""
        super().__init__(data, **values)
        names = {driver.id: driver.name for driver in drivers}
        self._may_be_named = {None, *names}
        choices = [("", _l("None in particular")), *((str(number), name) for number, name in names.items())]
        self.driver.choices = [SelectChoice(value, label) for value, label in choices]

    def validate_driver(self, field: SelectField) -> None:
        if field.data not in self._may_be_named:
            raise ValidationError(
                _l("This driver is not on your network's list. Choose another one, or none.")
            )

    def validate_title(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_l("A thread needs a title, so that colleagues find it again."))

    def validate_body(self, field: TextAreaField) -> None:
        self.clean = _cleaned(field.data or "")
        if text.is_blank(self.clean) and not self.has_files:
            raise ValidationError(_l("Begin with a few words. Everything else is kept."))


class SummaryForm(Form):
    """An empty one takes the summary away."""

    body = TextAreaField(_l("What came out of it so far?"))
    clean = ""

    def validate_body(self, field: TextAreaField) -> None:
        clean = _cleaned(field.data or "")
        self.clean = "" if text.is_blank(clean) else clean
