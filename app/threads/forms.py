"""The forms of a thread: starting one, and its summary. Texts are checked by `core.text`."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, StringField, TextAreaField, ValidationError, validators

from app.core import text

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
    clean = ""
    has_files = False

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
