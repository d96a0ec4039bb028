"""The table of several files: a form for all of them, and one for each, which says what is its own."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, validators

from app.core.forms import Form
from app.library.forms.resources import TITLE_LIMIT, ResourceForm
from app.library.models.licences import LICENCES
from app.library.models.vocabulary import LANGUAGES, SUBJECTS, WHATS
from app.networks.forms.fields import Choice, Grades, Line
from app.spaces.models import Space
from app.standards.forms import StandardsField

AS_ALL = ("", _l("As for all"))


class ManyForm(Form):
    """What is the same for all files, where a file says nothing of its own."""

    grades = Grades(_l("Grades"))
    subject = Choice(_l("Subject"), [("", _l("Not said")), *SUBJECTS.items()])
    language = Choice(_l("Language"), list(LANGUAGES.items()), default="en")
    licence = Choice(_l("What may others do with it?"), [(code, one.name) for code, one in LICENCES.items()])
    standards = StandardsField(_l("Which standards does it serve?"))
    space = IntegerField(_l("Who sees this"), [validators.Optional(), validators.NumberRange(1, 2**62)])


class RowForm(Form):
    """One file; its fields begin with the file's key."""

    title = Line(_l("Title"), TITLE_LIMIT, needed=_l("Every file needs a title."))
    what = Choice(_l("What is it?"), list(WHATS.items()))
    grades = Grades(_l("Grades"))
    minutes = ResourceForm.minutes
    licence = Choice(_l("Licence"), [AS_ALL, *((code, one.name) for code, one in LICENCES.items())])
    space = Choice(_l("Who sees it"))
    standards = StandardsField(_l("Standards"))

    def __init__(self, key: str, spaces: Iterable[tuple[str, Any]], **more: Any) -> None:
        """`spaces` are pairs of a number and a name."""
        super().__init__(prefix=f"{key}.", **more)
        self.space.offer([AS_ALL, *spaces])


def space_pairs(spaces: Sequence[Space], commons: Any) -> list[tuple[str, Any]]:
    """What `RowForm` offers; `commons` are the words for the whole network."""
    return [(str(space.id), commons if space.kind == "commons" else space.name) for space in spaces]
