"""The forms of a network's standards: which frameworks it uses, and a file to bring in."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.core.forms import Form
from app.networks.forms.fields import Upload


class ChoiceForm(Form):
    """The check boxes of the list."""

    @property
    def framework_ids(self) -> list[int]:
        given = request.form.getlist("framework")[:200]
        return [int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 18]


class ImportForm(Form):
    file = Upload(_l("A CASE package (JSON)"))

    def validate_file(self, field: Upload) -> None:
        if field.data is None:
            raise ValidationError(_l("Please choose the file first."))
