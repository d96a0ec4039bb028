"""The form with which a lead starts a check-in or changes it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.core import text
from app.core.forms import Form
from app.threads.models import QUESTIONS_AT_MOST

LONGEST = 200
STARTING = _l("What are you trying?\nWhat did the data say?\nWhat next?")
RHYTHMS = (
    ("week", _l("Every week")),
    ("two_weeks", _l("Every two weeks")),
    ("month", _l("Every month, the first of these days")),
)
DAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)


class CheckInForm(Form):
    """`asked` are the questions after `validate()`, one for each line."""

    questions = TextAreaField(_l("Questions"), description=_l("One on each line, up to five."))
    every = SelectField(
        _l("How often"), choices=[SelectChoice(*each) for each in RHYTHMS], default="two_weeks"
    )
    weekday = SelectField(
        _l("On"), choices=[SelectChoice(str(number), day) for number, day in enumerate(DAYS)], default="3"
    )
    hour = SelectField(
        _l("At"), choices=[SelectChoice(str(hour), f"{hour:02d}:00") for hour in range(24)], default="15"
    )
    asked: list[str]

    def validate_questions(self, field: Any) -> None:
        try:
            lines = [text.line(each, LONGEST) for each in (field.data or "").splitlines()]
        except text.TooLong as error:
            raise ValidationError(str(error)) from error
        self.asked = [each for each in lines if each]
        if not 0 < len(self.asked) <= QUESTIONS_AT_MOST:
            raise ValidationError(_("Write one to five questions, each on a line of its own."))
