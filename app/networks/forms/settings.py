"""Forms of a network's settings, used by the set-up as well."""

from dataclasses import asdict
from email.utils import parseaddr
from itertools import chain, repeat
from typing import Any
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField
from wtforms.validators import Length, NumberRange, ValidationError

from app.core.forms import Form
from app.core.mail import server
from app.networks.actions.norms import MEANING, MOST, TITLE
from app.networks.actions.sites import NAME, SHORT
from app.networks.actions.starting import AIM
from app.networks.forms.fields import LONGEST_SHOWN, Choice, Line, Lines, Number, Upload
from app.networks.models import Network, Site
from app.networks.queries import places

MONTHS = (
    _l("January"),
    _l("February"),
    _l("March"),
    _l("April"),
    _l("May"),
    _l("June"),
    _l("July"),
    _l("August"),
    _l("September"),
    _l("October"),
    _l("November"),
    _l("December"),
)
NEARBY = (
    ("America/New_York", _l("Eastern time")),
    ("America/Chicago", _l("Central time")),
    ("America/Denver", _l("Mountain time")),
    ("America/Phoenix", _l("Mountain time, Arizona")),
    ("America/Los_Angeles", _l("Pacific time")),
    ("America/Anchorage", _l("Alaska time")),
    ("Pacific/Honolulu", _l("Hawaii time")),
)


def time_zones() -> list[tuple[str, Any]]:
    """The zones that most networks need, then every other by its name."""
    first = {zone for zone, _words in NEARBY}
    rest = sorted(
        zone for zone in available_timezones() if zone not in first and ("/" in zone or zone == "UTC")
    )
    return [*NEARBY, *((zone, zone.replace("_", " ")) for zone in rest if not zone.startswith("Etc/"))]


class NetworkForm(Form):
    name = Line(_l("Name of the network"), 120, needed=_l("A network needs a name."))
    aim = Lines(
        _l("Aim"),
        AIM,
        description=_l("What you want to be true, for whom, by when. One or two sentences."),
    )
    time_zone = Choice(_l("Time zone"), default="America/New_York")
    year_starts = Choice(_l("Your year begins in"), default="8")

    def __init__(self, network: Network | None = None, **more: Any) -> None:
        now = {}
        if network is not None:
            now = {
                "name": network.name,
                "aim": network.aim,
                "time_zone": network.time_zone,
                "year_starts": str(network.year_starts),
            }
        super().__init__(data=now, **more)
        self.time_zone.offer(time_zones())
        self.year_starts.offer([(str(number), month) for number, month in enumerate(MONTHS, 1)])


class NormsForm(Form):
    """The norms as three lists of the same length; `after` is the version they come from."""

    after = Number()
    why = Lines(
        _l("Why, in a word"), MEANING, description=_l("Everybody who is asked to accept it reads this.")
    )

    def norms(self) -> list[dict[str, str]]:
        """The norms that have anything in them, in the order of the page."""
        columns = [request.form.getlist(name)[: MOST + 1] for name in ("title", "meaning", "example")]
        refs = request.form.getlist("ref")[: MOST + 1]
        rows = zip(chain(refs, repeat("")), *columns, strict=False)
        return [
            {
                "ref": ref[:40],
                "title": title[:LONGEST_SHOWN],
                "meaning": meaning[:LONGEST_SHOWN],
                "example": example[:LONGEST_SHOWN],
            }
            for ref, title, meaning, example in rows
            if (title + meaning + example).strip()
        ]

    limits = {"title": TITLE, "meaning": MEANING, "example": MEANING}


class SiteForm(Form):
    name = Line(_l("Name"), NAME, needed=_l("A school needs a name."))
    short_name = Line(_l("Short name"), SHORT, description=_l("As people say it, for cards and lists."))
    kind = Choice(_l("Kind"), [("school", _l("School")), ("district", _l("District"))], default="school")
    parent_id = Choice(_l("District"))

    def __init__(self, network: Network, site: Site | None = None, **more: Any) -> None:
        now = {}
        if site is not None:
            now = {
                "name": site.name,
                "short_name": site.short_name,
                "kind": site.kind,
                "parent_id": str(site.parent_id or ""),
            }
        super().__init__(data=now, **more)
        districts = [
            each for each in places.sites_of(network) if each.kind == "district" and each is not site
        ]
        self.parent_id.offer([("", _l("None")), *((str(each.id), each.name) for each in districts)])


class SitesForm(Form):
    """Many sites at once, pasted or from a CSV file."""

    sites = Lines(
        _l("Schools and districts"),
        300_000,
        description=_l(
            "One a line; schools of a district are indented below it, or come after “District: its name”. "
            "Or with commas: name, short name, school or district, its district."
        ),
    )
    file = Upload(_l("Or a CSV file"))

    def was_seen(self, mark: str) -> bool:
        """Whether the list of this mark was looked over before it was sent."""
        return request.form.get("seen", "") == mark

    def text(self) -> str:
        """What was pasted, and after it what the file says. Raises ValidationError."""
        upload = self.file.data
        if not upload:
            return self.sites.data or ""
        content = upload.stream.read(300_001)
        if len(content) > 300_000 or b"\x00" in content:
            raise ValidationError(
                str(_l("This is not a short text file. A CSV file from a spreadsheet works."))
            )
        try:
            read = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            read = content.decode("cp1252", "replace")
        return f"{self.sites.data or ''}\n{read}".strip("\n")


class DriverForm(Form):
    name = Line(_l("Driver"), 120, needed=_l("A driver needs a name."))
    meaning = Line(_l("What it means"), 300)


class JoiningForm(Form):
    may_ask = BooleanField(_l("People can ask to join"))


class MailForm(Form):
    """The mail server. The password that is kept is never shown, and stays where the field is empty."""

    host = Line(
        _l("Mail server"), 200, needed=_l("The mail server is missing: smtp.example.org, for instance.")
    )
    port = Number(_l("Port"), [NumberRange(1, 65535, _l("A number from 1 to 65535."))], default=587)
    security = Choice(
        _l("Security"),
        [
            ("starttls", _l("STARTTLS (mostly port 587)")),
            ("tls", _l("TLS (mostly port 465)")),
            ("none", _l("None")),
        ],
        default="starttls",
    )
    username = Line(_l("User name"), 200)
    password = PasswordField(_l("Password"), [Length(max=500)], render_kw={"autocomplete": "off"})
    sender = Line(
        _l("Sender"),
        200,
        description=_l("An address, with a name before it if you like. Empty takes the user name."),
    )

    @classmethod
    def now(cls) -> "MailForm":
        """The form with what is kept."""
        kept = server.chosen()
        return cls(formdata=None, data=asdict(kept) if kept else None)

    @property
    def step(self) -> str:
        """The button: `save`, `test` or `later`."""
        return request.form.get("step", "save")

    def validate_sender(self, field: Line) -> None:
        if field.data and not _is_address(parseaddr(field.data)[1]):
            raise ValidationError(str(_l("The sender needs an email address.")))

    def server(self) -> server.MailServer:
        """What was typed; the kept password where none was and the sign-in is the same."""
        kept = server.chosen()
        same = kept is not None and (kept.host, kept.username) == (self.host.data, self.username.data)
        password = self.password.data or (kept.password if kept and same else "")
        sender = self.sender.data or (self.username.data if _is_address(self.username.data or "") else "")
        return server.MailServer(
            self.host.data or "",
            self.port.data or 587,
            self.security.data,
            self.username.data or "",
            password,
            sender,
        )


def _is_address(words: str) -> bool:
    try:
        validate_email(words, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
