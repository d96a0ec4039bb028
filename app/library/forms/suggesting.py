"""What a colleague would say of somebody else's resource: its fields as they are now, to say differently."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.forms import Form
from app.library.forms.resources import TITLE_LIMIT, ResourceForm
from app.library.models.vocabulary import LANGUAGES, SUBJECTS, WHATS
from app.networks.forms.fields import Choice, Grades, Line
from app.networks.models import Driver
from app.standards.forms import StandardsField

WORD_LIMIT = 500


class SuggestForm(Form):
    """`word` says why; the rest are the resource's own fields."""

    word = Line(_l("A word with it"), WORD_LIMIT)
    title = Line(_l("Title"), TITLE_LIMIT, needed=_l("A title helps colleagues find it again."))
    what = Choice(_l("What is it?"), list(WHATS.items()))
    grades = Grades(_l("Grades"))
    standards = StandardsField(_l("Which standards does it serve?"))
    subject = Choice(_l("Subject"), [("", _l("Not said")), *SUBJECTS.items()])
    minutes = ResourceForm.minutes
    needs = Line(_l("What is needed"), 300)
    language = Choice(_l("Language"), list(LANGUAGES.items()))
    tags = Line(_l("Tags"), 400)
    driver = Choice(_l("Which driver does it serve?"))

    tag_list = ResourceForm.tag_list

    def __init__(self, drivers: Iterable[Driver] = (), **more: Any) -> None:
        super().__init__(**more)
        names = [(str(driver.id), driver.name) for driver in drivers]
        self.driver.offer([("", _l("None in particular")), *names])
