"""The small forms around resources: how it went, what is needed, collections."""

from datetime import date, timedelta
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, TextAreaField, ValidationError, validators
from wtforms.fields.choices import SelectChoice

from app.contributions.models import OUTCOMES
from app.core import clock, text
from app.core.forms import Form
from app.library.forms.resources import rich
from app.library.models.licences import LICENCES
from app.library.models.vocabulary import OUTCOME_WORDS, SETTINGS
from app.networks.forms.fields import Choice, Grades, Line, Lines
from app.networks.models import GRADES
from app.networks.models.words import grade_word


class UseForm(Form):
    """ "I used this": how it went is all that must be said."""

    outcome = RadioField(
        _l("How did it go?"),
        [validators.InputRequired(_l("Choose one: worked, mixed, or didn't work."))],
        choices=[SelectChoice(name, OUTCOME_WORDS[name]) for name in OUTCOMES],
    )
    grade = Choice(_l("Grade"))
    setting = Choice(_l("Setting"), [("", _l("Where?")), *SETTINGS.items()])
    changed = Lines(_l("What did you change?"), 2000)
    tip = Lines(_l("A tip for the next teacher"), 2000)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        words = [(str(grade), _l("Grade %(grade)s", grade=grade_word(grade))) for grade in GRADES]
        self.grade.offer([("", _l("Which grade?")), *words])


class RequestForm(Form):
    """What somebody needs, and by when."""

    title = Line(_l("What do you need?"), 140, needed=_l("Say in one line what you are looking for."))
    body = TextAreaField(_l("What for? What have you found already?"))
    needed_by = DateField(_l("By when"), [validators.Optional()])
    grades = Grades(_l("Grades"))
    space = IntegerField(_l("Who sees this"), [validators.Optional(), validators.NumberRange(1, 2**62)])
    clean = ""
    known_day: date | None = None
    """The day that it had before: it may stay, also when it is over."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        if self.is_submitted() and request.form.get("html"):
            self.body.data = request.form["html"]

    def validate_body(self, field: TextAreaField) -> None:
        clean = rich(field.data or "")
        self.clean = "" if text.is_blank(clean) else clean

    def validate_needed_by(self, field: DateField) -> None:
        if field.data is None or field.data == self.known_day:
            return
        # A day behind every zone's own: who asks late at night still means today.
        if field.data < clock.now().date() - timedelta(days=1):
            raise ValidationError(str(_l("That day is over. Choose one that is still to come.")))
        if field.data.year > 2100:
            raise ValidationError(str(_l("Please choose a day from the calendar.")))


class CollectionForm(Form):
    """`space` is empty for one's own."""

    title = Line(_l("Name"), 140, needed=_l("A collection needs a name."))
    about = Lines(_l("What is in it, and for whom?"), 1000)
    space = Choice(_l("Who sees it"))


class LicenceForm(Form):
    """The licence that new resources of a network begin with."""

    licence = Choice(
        _l("New resources begin with"), [(code, licence.name) for code, licence in LICENCES.items()]
    )
