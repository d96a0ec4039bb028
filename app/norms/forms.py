"""The forms of a proposal: what would change and why, and the answer to it."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, ValidationError

from app.core import text
from app.core.forms import Form
from app.networks.actions.norms import MEANING
from app.networks.forms.fields import Line, Lines
from app.networks.forms.settings import NormsForm

TITLE = 140


class RowsForm(NormsForm):
    """All norms as they would be, as in the settings."""

    def norms(self) -> list[dict[str, str]]:
        """Those that stay; one that is ticked goes."""
        gone = set(request.form.getlist("gone"))
        return [norm for norm in super().norms() if not norm["ref"] or norm["ref"] not in gone]

    def typed(self) -> list[dict[str, str]]:
        """All that was typed, to be shown again."""
        return super().norms()


class ProposalForm(RowsForm):
    """A new proposal; `clean` are the reasons after `validate()`."""

    title_of_it = Line(
        _l("In one line: what would be better?"),
        TITLE,
        needed=_l("A line helps colleagues to find it again."),
    )
    body = TextAreaField(_l("Why? What happened that made you think of it?"))
    clean = ""

    def validate_body(self, field: TextAreaField) -> None:
        typed = field.data or ""
        try:
            self.clean = text.clean(typed if typed.lstrip().startswith("<") else text.from_plain(typed))
        except text.TooLong as error:
            raise ValidationError(str(error)) from error
        if text.is_blank(self.clean):
            raise ValidationError(_l("Say in a few words why. The rest is kept."))


class AnswerForm(Form):
    word = Lines(
        _l("A word to everybody who talked it over"),
        MEANING,
        description=_l("If you decline, say why: they took the trouble."),
    )
