"""Forms of a network's settings, used by the set-up as well."""

from typing import Any
from zoneinfo import available_timezones

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField
from wtforms.validators import ValidationError

from app.networks.actions.norms import MEANING, MOST, TITLE
from app.networks.actions.sites import NAME, SHORT
from app.networks.actions.starting import AIM
from app.networks.forms.fields import LONGEST_SHOWN, Choice, Form, Line, Lines
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

    after = IntegerField()

    def norms(self) -> list[dict[str, str]]:
        """The norms that have anything in them, in the order of the page."""
        columns = [request.form.getlist(name)[: MOST + 1] for name in ("title", "meaning", "example")]
        rows = zip(*columns, strict=False)
        return [
            {
                "title": title[:LONGEST_SHOWN],
                "meaning": meaning[:LONGEST_SHOWN],
                "example": example[:LONGEST_SHOWN],
            }
            for title, meaning, example in rows
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
        50_000,
        description=_l("One a line, or with commas: name, short name, school or district, its district."),
    )
    file = FileField(_l("Or a CSV file"))

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
