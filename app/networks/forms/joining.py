"""Forms on the ways in: joining by a link, asking, and what facilitators fill in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.forms import Form
from app.networks.actions.inviting import DAYS, MOST_USES
from app.networks.actions.joining import REASON
from app.networks.actions.words import NAME
from app.networks.forms.fields import Choice, Line, Lines, Number, role_choices, site_choices
from app.networks.models import Network

DAY_NAMES = {7: _l("7 days"), 30: _l("30 days"), 90: _l("90 days"), 365: _l("A year")}


class StrangerForm(Form):
    """A person who has no account yet, or is not signed in."""

    name = Line(
        _l("Your name"),
        NAME,
        needed=_l("Please tell us the name that colleagues know you by."),
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("Email"),
        [InputRequired(_l("Please give your email address."))],
        render_kw={"autocomplete": "username", "maxlength": 254},
    )


class NewPersonForm(StrangerForm):
    """Joining with a new account, which `accounts` opens."""

    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Please choose a password."))],
        render_kw={"autocomplete": "new-password"},
        description=_l("At least 10 characters. A short sentence works well."),
    )


class AskForm(Form):
    because = Lines(_l("What would you like to work on with us?"), REASON)


class NewAskerForm(StrangerForm):
    """Asking without being signed in. A password comes with the answer."""

    because = Lines(_l("What would you like to work on with us?"), REASON)


class LinkForm(Form):
    """A new invitation link."""

    role = Choice(_l("Role"))
    site_id = Choice(_l("School or district"))
    days = Choice(_l("Good for"), [(str(days), DAY_NAMES[days]) for days in DAYS], default="30")
    max_uses = Number(
        _l("How many uses"),
        [
            Optional(),
            NumberRange(1, MOST_USES, _l("Between 1 and %(most)s, or leave it empty.", most=MOST_USES)),
        ],
        description=_l("Empty means no limit."),
    )
    makes_facilitator = BooleanField(_l("Who joins with it becomes a facilitator"))

    def __init__(self, network: Network, **more: Any) -> None:
        super().__init__(**more)
        self.role.offer(role_choices(_l("They say it themselves")))
        self.site_id.offer(site_choices(network, _l("They say it themselves")))


class PeopleForm(Form):
    """A pasted list of people to invite by mail; `step` is `preview` or `send`."""

    people = Lines(
        _l("Names and addresses"),
        50_000,
        needed=_l("Please paste at least one address."),
        description=_l("One person a line, as it comes: from a spreadsheet, an address book or a mail."),
    )
    role = Choice(_l("Role"))
    site_id = Choice(_l("School or district"))
    again = BooleanField(_l("Also write again to those who were invited before"))

    def __init__(self, network: Network, **more: Any) -> None:
        super().__init__(**more)
        self.role.offer(role_choices(_l("They say it themselves")))
        self.site_id.offer(site_choices(network, _l("They say it themselves")))


class AdmitForm(Form):
    role = Choice(_l("Role"))
    site_id = Choice(_l("School or district"))

    def __init__(self, network: Network, **more: Any) -> None:
        super().__init__(**more)
        self.role.offer(role_choices(_l("They say it themselves")))
        self.site_id.offer(site_choices(network, _l("They say it themselves")))


class DeclineForm(Form):
    reason = Lines(_l("A few words to them"), REASON)
