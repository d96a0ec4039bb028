"""The nouns of a script: who is in a network, and what they said to each other.

Every `key` is a name inside one script ("lena", "cedar", "boxplot-bus"); other parts
of the script refer to it. A mention in a text is written `@{lena}`; HTML holds no tags
but those of the house's allow-list. Times are relative, so that the demo always ends
now: see `When`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

Reactions = dict[str, int]
SATURDAY = 5


@dataclass(frozen=True)
class When:
    """A moment before now: some minutes ago, or a clock time some days ago."""

    minutes_ago: int | None = None
    days_ago: int = 0
    clock: str = "20:00"

    def at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The moment in UTC, always before `now`; nobody posts on a Saturday."""
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        hour, minute = (int(part) for part in self.clock.split(":"))
        day = (now.astimezone(zone) - timedelta(days=self.days_ago)).date()
        if day.weekday() == SATURDAY and self.days_ago > 2:
            day += timedelta(days=1)
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        return local.astimezone(now.tzinfo)


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    email: str
    role: str | None
    site: str | None
    grades: tuple[int, ...]
    story: str
    working_on: str
    can_help_with: str
    facilitator: bool = False
    director: bool = False


@dataclass(frozen=True)
class Asking:
    """Somebody who would like to join, and says why; a facilitator has not answered yet."""

    name: str
    email: str
    role: str
    site: str
    grades: tuple[int, ...]
    because: str


@dataclass(frozen=True)
class School:
    """A school, or a district when it has no `district` of its own above it."""

    key: str
    name: str
    short_name: str
    district: str | None = None


@dataclass(frozen=True)
class Group:
    """`access` is open, request, invite or secret; leads and members are people's keys."""

    key: str
    slug: str
    name: str
    access: str
    about: str
    leads: tuple[str, ...]
    members: tuple[str, ...]
    driver: str | None = None
    grades: tuple[int, ...] = ()
    question: str = ""
    welcome: str = ""
    norms: tuple[dict[str, str], ...] = ()
    """`{title, meaning, example}`, in addition to the network's."""

    @property
    def everyone(self) -> tuple[str, ...]:
        return self.leads + self.members


@dataclass(frozen=True)
class Following:
    """A group that follows roles and grades."""

    key: str
    slug: str
    name: str
    about: str
    roles: tuple[str, ...]
    leads: tuple[str, ...]
    grades: tuple[int, ...] = ()


@dataclass(frozen=True)
class GroupAsking:
    """Somebody waits for a lead's answer."""

    group: str
    member: str
    words: str
    days_ago: int


@dataclass(frozen=True)
class Reply:
    """`after` is minutes after what it answers: the post, or the reply above it.

    In a thread replies stand one after another: `key` names one, `to` is the key of the one that
    is answered, and `quotes` is the words that are quoted from the reply of that key.
    """

    author: str
    after: int
    html: str
    reactions: Reactions
    replies: tuple["Reply", ...] = ()
    key: str = ""
    to: str = ""
    quotes: dict[str, str] | None = None


@dataclass(frozen=True)
class Message:
    author: str
    when: When
    html: str


@dataclass(frozen=True)
class Talk:
    """A conversation; `read` says up to which message each of its people has read."""

    people: tuple[str, ...]
    lines: tuple[Message, ...]
    read: dict[str, int]


@dataclass(frozen=True)
class RoundAnswer:
    """`after` is minutes after the round has opened; one answer for each question, empty for none."""

    author: str
    after: int
    answers: tuple[str, ...]


@dataclass(frozen=True)
class CheckIns:
    """A group's check-in, and its last rounds, the oldest first."""

    group: str
    lead: str
    questions: tuple[str, ...]
    every: str
    weekday: int
    hour: int
    rounds: tuple[tuple[RoundAnswer, ...], ...]


@dataclass(frozen=True)
class Promise:
    """An “I'll try this”: open, let_go, or reported in the post named `reported`."""

    member: str
    state: str
    reported: str | None = None
    due_in_days: int | None = None


@dataclass(frozen=True)
class Post:
    """A contribution of any kind; the tried-it fields are plain text, `html` is the rest.

    `space` is commons, school, teachers (those of the author's school) or a group's key.
    """

    key: str
    kind: str
    author: str
    space: str
    when: When
    title: str
    html: str
    outcome: str | None
    tried: str
    expected: str
    happened: str
    change_next: str
    grade: int | None
    setting: str | None
    group_size: int | None
    minutes: int | None
    names: str | None
    driver: str | None
    files: tuple[str, ...]
    reactions: Reactions
    commitments: tuple[Promise, ...]
    saves: tuple[str, ...]
    replies: tuple[Reply, ...]
    answer: str = ""
    """In a thread: the key of the reply that is the answer."""
    summary: dict[str, str] | None = None
    """In a thread: `author` and `html`."""
    read: dict[str, str] | None = None
    """In a thread: the key of the last reply that each of these people has read."""
    pinned: str = ""
    """Who keeps it on top of its space."""
    stays: bool = False
    """Whether its author said that it stays in its space."""


@dataclass(frozen=True)
class FileSpec:
    """A file to make: `name` with its ending, `alt` for pictures, `make` for the maker."""

    key: str
    name: str
    alt: str
    make: dict[str, object]

    @property
    def ending(self) -> str:
        return self.name.rsplit(".", 1)[1]


@dataclass(frozen=True)
class Script:
    slug: str
    name: str
    aim: str
    time_zone: str
    language: str
    norms: tuple[dict[str, str], ...]
    drivers: tuple[dict[str, str], ...]
    districts: tuple[School, ...]
    schools: tuple[School, ...]
    groups: tuple[Group, ...]
    following: tuple[Following, ...]
    asks: tuple[GroupAsking, ...]
    people: tuple[Person, ...]
    asking: tuple[Asking, ...]
    files: dict[str, FileSpec]
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Standards:
    """A CASE package as its file has it, and by post (or `library:` and a resource)
    the codes that it serves, each with the relation."""

    package: bytes
    serves: dict[str, dict[str, str]]
