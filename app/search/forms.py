"""The form of a network's synonyms."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from app.core.forms import Form
from app.search.actions import LONGEST_LIST


class SynonymsForm(Form):
    lines = TextAreaField(
        _l("Words that mean the same"),
        [Length(max=LONGEST_LIST, message=_l("That list is too long. Please keep it under 20,000 letters."))],
    )

    def tidy(self) -> str:
        """One group a line; empty lines go."""
        typed = (self.lines.data or "").replace("\x00", "")
        return "\n".join(line for each in typed.splitlines() if (line := " ".join(each.split())))
