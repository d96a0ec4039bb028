"""The forms of a network's standards, and the field by which any other form names some.

standards = StandardsField(_l("Which standards does it serve?"))     in a form
{{ standards.field(form.standards) }}                                 in its template (standards/_picker.html)
name_standards(actor, contribution, form.standards.picks)             after it was validated, unless None
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from app.core.access import current_viewer
from app.core.forms import Form
from app.core.numbers import whole
from app.networks.forms.fields import Line, Upload
from app.standards.queries import Pick, picks_from


class ChoiceForm(Form):
    """The check boxes of the list."""

    @property
    def framework_ids(self) -> list[int]:
        given = request.form.getlist("framework")[:200]
        return [number for each in given if (number := whole(each)) is not None]


class ImportForm(Form):
    """A file; or its address, where the operator lets the worker fetch some."""

    file = Upload(_l("A list of standards, as a file"))
    address = Line(_l("Or its web address"), 1000)

    def validate_file(self, field: Upload) -> None:
        if field.data is None and not self.address.data:
            raise ValidationError(_l("Please choose the file first."))

    def validate_address(self, field: Line) -> None:
        if field.data and not (self.may_fetch and field.data.lower().startswith(("https://", "http://"))):
            raise ValidationError(_l("Please give an address that begins with https://, or send the file."))

    @property
    def may_fetch(self) -> bool:
        """Not from a demo, which anybody may look after."""
        return bool(current_app.config["FETCH_OUTSIDE"]) and not current_viewer().network.is_demo


class TakeForm(Form):
    """What is ticked of the lists that were read: `grade-0`, `branch-0` and so on, by their places."""

    def left_out(self, plans: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """What was offered and is not ticked, by list."""
        wishes = {}
        for number, plan in enumerate(plans):
            grades, branches = (set(request.form.getlist(f"{name}-{number}")) for name in ("grade", "branch"))
            wishes[plan["identifier"]] = {
                "grades": [grade for grade, _count in plan["grades"] if str(grade) not in grades],
                "branches": [
                    branch["identifier"]
                    for branch in plan["branches"]
                    if branch["identifier"] not in branches
                ],
            }
        return wishes


class StandardsField(Field):
    """Standards with their relations. `picks` is None where the form did not ask; `data` is fit for JSON."""

    picks: Sequence[Pick] | None = None
    typed = ""
    """What was typed and is no code here; it stays in the box."""

    def process_data(self, value: Any) -> None:
        self.picks = value
        self._keep()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Raises ValueError, with a sentence, for words that are no code."""
        if not valuelist:
            self.picks = None
            return
        self.picks, unknown = picks_from(current_viewer(), [str(each) for each in valuelist])
        self._keep()
        self.typed = ", ".join(unknown)
        if unknown:
            raise ValueError(
                _(
                    "Your lists have no “%(code)s”. Please write it another way, or take it out.",
                    code=unknown[0],
                )
            )

    def _keep(self) -> None:
        self.data = [pick.value for pick in self.picks or ()]
