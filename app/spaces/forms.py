"""Forms about groups: what one is, how one asks, what is answered."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form
from app.core.text import TooLong
from app.networks.forms.fields import Choice, Grades, Line, Lines, Number
from app.networks.models import ROLES, Network
from app.networks.models import words as people
from app.networks.queries import drivers_of
from app.spaces.actions.groups import WAYS, Words
from app.spaces.actions.words import ANSWER, NAME, PURPOSE, QUESTION, rich_of
from app.spaces.models import COVERS, Group
from app.spaces.models.words import ACCESS_MEANS, ACCESS_WORDS, LEVEL_WORDS
from app.spaces.policy.groups import NARROWER


def _ways(ways: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [(way, _l("%(word)s: %(means)s", word=ACCESS_WORDS[way], means=ACCESS_MEANS[way])) for way in ways]


class Rich(TextAreaField):
    """Rich text from the editor, or plain text; what was typed stays when it cannot be kept."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        try:
            rich_of(self.data or "")
        except TooLong as error:
            raise ValidationError(str(error)) from error


class PurposeForm(Form):
    """What every group says of itself."""

    purpose = Lines(
        _l("What is it for?"),
        PURPOSE,
        needed=_l("Say in a sentence what it is for, so that the right people find it."),
        description=_l("A sentence or two. Who looks for a group reads this first."),
    )
    driver_id = Choice(_l("Which driver does it serve?"))

    def __init__(self, network: Network, now: Group | None = None, **more: Any) -> None:
        super().__init__(data=_data(now) if now is not None else None, **more)
        drivers = [(str(driver.id), driver.name) for driver in drivers_of(network)]
        if now is not None and now.driver is not None and now.driver.retired_at is not None:
            drivers.append((str(now.driver_id), now.driver.name))
        self.driver_id.offer([("", _l("None in particular")), *drivers])

    def words(self) -> Words:
        """What was typed, for the verbs."""
        return Words(name="", purpose=self.purpose.data or "", driver_id=self.driver_id.number)


class StartForm(PurposeForm):
    """What a group needs to begin, or to be proposed."""

    name = Line(_l("Name of the group"), NAME, needed=_l("A group needs a name."))
    access = Choice(_l("Who can join?"), default="open")
    grades = Grades(_l("Grades it is about"))

    def __init__(self, network: Network, now: Group | None = None, **more: Any) -> None:
        super().__init__(network, now, **more)
        self.access.offer(_ways(NARROWER.get(now.space.access, WAYS) if now is not None else WAYS))

    def validate_name(self, field: Line) -> None:
        if not any(letter.isalnum() for letter in field.data or ""):
            raise ValidationError(str(_l("A name needs a letter that can be seen.")))

    def words(self) -> Words:
        return replace(
            super().words(), name=self.name.data or "", access=self.access.data, grades=self.grades.mask
        )


class FollowingForm(PurposeForm):
    """A group that follows a school or a role: its name, rule and access are not its leads' to change."""

    welcome = Rich(_l("Welcome to newcomers"))
    cover = Number(_l("Cover"))

    def words(self) -> Words:
        return replace(super().words(), **_said(self))


class GroupForm(StartForm):
    """All that a lead says of a group."""

    question = Line(
        _l("A question for those who ask to join"),
        QUESTION,
        description=_l("For instance: What do you hope to bring, and to find?"),
    )
    welcome = Rich(_l("Welcome to newcomers"))
    cover = Number(_l("Cover"))

    def words(self) -> Words:
        return replace(super().words(), question=self.question.data or "", **_said(self))


def _said(form: Any) -> dict[str, Any]:
    return {
        "welcome": form.welcome.data or "",
        "cover": form.cover.data,
    }


def _data(group: Group) -> dict[str, Any]:
    return {
        "name": group.space.name,
        "purpose": group.space.purpose,
        "access": group.space.access,
        "driver_id": str(group.driver_id or ""),
        "grades": Grades.from_mask(group.grades),
        "question": group.question,
        "welcome": group.welcome,
        "cover": group.cover % COVERS,
    }


class AskForm(Form):
    answer = Lines(_l("Why would you like to join?"), ANSWER)

    def __init__(self, question: str, **more: Any) -> None:
        super().__init__(**more)
        if question:
            self.answer.label.text = question


class AnswerForm(Form):
    reason = Lines(_l("A few words to them"), ANSWER)


class ToldForm(Form):
    """How much one is told; `mute` for how long nothing."""

    level = Choice(_l("Tell me about"), list(LEVEL_WORDS.items()), default="mentions")


class RoleAlikeForm(Form):
    """A group that follows roles and grades."""

    name = Line(_l("Name of the group"), NAME, needed=_l("A group needs a name."))
    purpose = Lines(_l("What is it for?"), PURPOSE)
    roles = SelectMultipleField(
        _l("Whoever has one of these roles"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    grades = Grades(_l("And works with one of these grades"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.roles.choices = [SelectChoice(role, people.ROLE_WORDS[role]) for role in ROLES]

    def validate_roles(self, field: SelectMultipleField) -> None:
        if not field.data and not self.grades.data:
            raise ValidationError(str(_l("Choose at least one role or one grade.")))
