"""The stage: one network in the database, ready for what is said in it."""

from dataclasses import dataclass, field
from datetime import datetime

from app.demo.content import Post, Script
from app.spaces.actions import TEACHING


@dataclass(frozen=True, slots=True)
class Actor:
    """A member as the rows need them."""

    id: int
    key: str
    role: str | None
    site_id: int | None
    grades: int


Cast = dict[str, Actor]


@dataclass
class Stage:
    """`spaces` is by place and school, or by group and cast; `names` are those of cast 0."""

    script: Script
    network_id: int
    started: datetime
    sites: dict[str, int] = field(default_factory=dict)
    drivers: dict[str, int] = field(default_factory=dict)
    casts: list[Cast] = field(default_factory=list)
    spaces: dict[tuple[str, str | int], int] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    names: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._everyone: list[Actor] = []
        self._people = {person.key: person for person in self.script.people}
        self._groups = {group.key: group for group in self.script.groups}

    @property
    def everyone(self) -> list[Actor]:
        if not self._everyone:
            self._everyone = [actor for cast in self.casts for actor in cast.values()]
        return self._everyone

    def space_of(self, post: Post, cast: int) -> int:
        if post.space == "commons":
            return self.spaces["commons", ""]
        if post.space in ("school", "teachers"):
            return self.spaces[post.space, self._people[post.author].site or ""]
        return self.spaces.get((post.space, cast)) or self.spaces[post.space, 0]

    def readers(self, post: Post, cast: int) -> list[Actor]:
        """Who may answer: everybody in the commons, else the same cast's people of the place."""
        if post.space == "commons":
            return self.everyone
        actors = self.casts[cast]
        if post.space in self._groups:
            return [actors[key] for key in self._groups[post.space].everyone]
        site = actors[post.author].site_id
        same = [actor for actor in actors.values() if actor.site_id == site]
        return [actor for actor in same if post.space == "school" or actor.role in TEACHING]
