"""What people fill in around their account.

Rules: a form says what is wrong in words; the actions check again. Passwords are taken as typed or pasted,
never trimmed. A form has exactly the fields that a person may set: anything else sent along is not read.
"""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from app.accounts.actions.opening import LONGEST_NAME, Objection
from app.accounts.queries import LONGEST_ADDRESS
from app.core.forms import Form
from app.core.hashing import LONGEST
from app.core.language import LANGUAGES

REGIONS = ("America", "Pacific", "Atlantic", "Europe", "Africa", "Asia", "Australia", "Indian", "Antarctica")


def _needed(sentence: Any) -> InputRequired:
    return InputRequired(message=sentence)


def _not_longer(most: int) -> Length:
    return Length(max=most, message=_l("Please use at most %(max)d characters."))


def _email_field() -> StringField:
    return StringField(
        _l("Email"),
        validators=[_needed(_l("Please write your e-mail address.")), _not_longer(LONGEST_ADDRESS)],
    )


def _password_field(label: Any) -> PasswordField:
    needed = _needed(_l("Please write your password."))
    return PasswordField(label, validators=[needed, _not_longer(LONGEST)])


@cache
def time_zones() -> tuple[SelectChoice, ...]:
    """Every place with a clock, by part of the world, America first."""
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    names.sort(key=lambda name: REGIONS.index(name.partition("/")[0]))
    return (SelectChoice("UTC"), *(_zone(name) for name in names))


def _zone(name: str) -> SelectChoice:
    region, _slash, place = name.partition("/")
    return SelectChoice(name, place.replace("_", " ").replace("/", ", "), optgroup=region)


class AccountForm(Form):
    """A form that can take an action's objection."""

    def object_to(self, objection: Objection) -> None:
        """Show an objection beside its field."""
        field = self[objection.field]
        field.errors = [*field.errors, objection.sentence]


class SignInForm(AccountForm):
    email = _email_field()
    password = _password_field(_l("Password"))
    remember = BooleanField(_l("Keep me signed in on this device"))
    next = HiddenField()


class ForgotForm(AccountForm):
    email = _email_field()


class ResetForm(AccountForm):
    password = _password_field(_l("New password"))


class ProfileForm(AccountForm):
    name = StringField(
        _l("Your name"),
        validators=[_needed(_l("Please write your name.")), _not_longer(LONGEST_NAME)],
        description=_l("As colleagues know you."),
    )
    time_zone = SelectField(_l("Time zone"), description=_l("For mail, and for when you are left in peace."))
    language = SelectField(_l("Language"))
    theme = SelectField(
        _l("Colours"),
        choices=[
            SelectChoice("auto", _l("As my device")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = self._zones(kwargs.get("obj"))
        self.language.choices = [SelectChoice(code, words) for code, words in LANGUAGES.items()]

    def _zones(self, account: Any) -> list[SelectChoice]:
        """The present zone stays on offer, also an old spelling of it."""
        zones, present = time_zones(), getattr(account, "time_zone", "UTC")
        known = any(zone.value == present for zone in zones)
        return [*zones] if known else [SelectChoice(present), *zones]


class EmailForm(AccountForm):
    email = StringField(
        _l("New e-mail address"),
        validators=[_needed(_l("Please write your e-mail address.")), _not_longer(LONGEST_ADDRESS)],
    )
    password = _password_field(_l("Password"))


class PasswordForm(AccountForm):
    password = _password_field(_l("Current password"))
    new_password = _password_field(_l("New password"))


class DeleteForm(AccountForm):
    keep = RadioField(
        _l("What you shared"),
        choices=[
            SelectChoice("yes", _l("Keep what I shared, as “former member”")),
            SelectChoice("no", _l("Take it with me: delete everything I shared")),
        ],
        default="yes",
        validators=[AnyOf(["yes", "no"])],
    )
    password = _password_field(_l("Password"))
