"""The networks themselves: schools, accounts, members, spaces and who belongs where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.accounts.models import Account
from app.core.files.models import StoredFile
from app.demo.content import Group, Person, Post, Script
from app.demo.loading.bulk import Bulk
from app.demo.loading.props import Prop
from app.networks.models import Driver, Member, Network, NormsVersion, Site, grade_bit
from app.spaces.actions import TEACHING, slug_of
from app.spaces.models import Space, SpaceMember

SPACES_PER_SCALE = 1.5
"""Spaces that a demo of a scale has at least; groups of later casts make them up."""


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
    """One network in the database, ready for what is said in it. `spaces` is by place and cast."""

    script: Script
    network_id: int
    started: datetime
    sites: dict[str, int] = field(default_factory=dict)
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


def build(bulk: Bulk, script: Script, scale: int, accounts: "Accounts", photos: dict[str, Prop]) -> Stage:
    """Everything of a network but what is said in it."""
    started = accounts.now - timedelta(days=420)
    stage = Stage(script, bulk.new_id(Network), started)
    bulk.add(
        Network,
        id=stage.network_id,
        slug=script.slug,
        name=script.name,
        aim=script.aim,
        time_zone=script.time_zone,
        language=script.language,
        year_starts=8,
        settings={"norms_version": 1, "may_ask": True},
        is_demo=True,
        created_at=started,
    )
    bulk.add(
        NormsVersion, network_id=stage.network_id, version=1, norms=list(script.norms), adopted_at=started
    )
    for position, driver in enumerate(script.drivers):
        bulk.add(Driver, network_id=stage.network_id, name=driver["name"], position=position)
    _sites(bulk, stage)
    for number in range(scale):
        stage.casts.append(_cast(bulk, stage, number, accounts, photos if number == 0 else {}))
    stage.names = {person.key: (stage.casts[0][person.key].id, person.name) for person in script.people}
    _spaces(bulk, stage, scale)
    return stage


def _sites(bulk: Bulk, stage: Stage) -> None:
    for school in (*stage.script.districts, *stage.script.schools):
        is_school = school in stage.script.schools
        stage.sites[school.key] = bulk.new_id(Site)
        bulk.add(
            Site,
            id=stage.sites[school.key],
            network_id=stage.network_id,
            parent_id=stage.sites[school.district] if school.district else None,
            kind="school" if is_school else "district",
            name=school.name,
            short_name=school.short_name,
        )


class Accounts:
    """Accounts by address, one for a person in several networks; all open with one password."""

    def __init__(self, bulk: Bulk, now: datetime, password_hash: str) -> None:
        self._bulk, self.now, self._hash = bulk, now, password_hash
        self._known: dict[str, int] = {}

    def of(self, email: str, name: str, zone: str, since: datetime) -> int:
        if email not in self._known:
            self._known[email] = self._bulk.new_id(Account)
            self._bulk.add(
                Account,
                id=self._known[email],
                email=email,
                password_hash=self._hash,
                name=name,
                time_zone=zone,
                language="en",
                is_demo=True,
                created_at=since,
            )
        return self._known[email]


def _cast(bulk: Bulk, stage: Stage, number: int, accounts: Accounts, photos: dict[str, Prop]) -> Cast:
    chance = Random(f"{stage.script.slug} cast {number}")
    people, cast = stage.script.people, {}
    for place, person in enumerate(people):
        name, email = person.name, person.email
        if number:
            other = people[(place * 7 + number * 13) % len(people)]
            name = f"{person.name.split()[0]} {other.name.split()[-1]}"
            email = person.email.replace("@", f".{number + 1}@")
        joined = stage.started + timedelta(days=chance.randint(0, 300), minutes=chance.randint(0, 1400))
        actor = Actor(
            bulk.new_id(Member),
            person.key,
            person.role,
            stage.sites[person.site] if person.site else None,
            sum(grade_bit(grade) for grade in person.grades),
        )
        account_id = accounts.of(email, name, stage.script.time_zone, joined)
        photo = _photo(bulk, stage, actor, photos.get(person.key), joined)
        bulk.add(Member, **_member(stage, person, actor, account_id, name, photo, joined, leads=number == 0))
        cast[person.key] = actor
    return cast


def _member(
    stage: Stage,
    person: Person,
    actor: Actor,
    account_id: int,
    name: str,
    photo: str | None,
    joined: datetime,
    *,
    leads: bool,
) -> dict[str, Any]:
    """Only the script's own people lead the network, however large it is."""
    return {
        "id": actor.id,
        "network_id": stage.network_id,
        "account_id": account_id,
        "name": name,
        "photo_key": photo,
        "role": actor.role,
        "site_id": actor.site_id,
        "grades": actor.grades,
        "standing": "active",
        "is_facilitator": person.facilitator and leads,
        "is_director": person.director and leads,
        "working_on": person.working_on,
        "can_help_with": person.can_help_with,
        "story": person.story,
        "norms_version": 1,
        "welcomed_at": joined,
        "joined_at": joined,
        "confirmed_at": stage.started + timedelta(days=330),
    }


def _photo(bulk: Bulk, stage: Stage, actor: Actor, prop: Prop | None, at: datetime) -> str | None:
    if prop is None:
        return None
    bulk.add(StoredFile, id=bulk.new_id(StoredFile), **prop.row("photo", stage.network_id, actor.id, at))
    return prop.key


def _spaces(bulk: Bulk, stage: Stage, scale: int) -> None:
    commons = _space(bulk, stage, "commons", "open", "commons", stage.script.name)
    stage.spaces["commons", ""] = commons
    actors = stage.everyone
    for school in stage.script.schools:
        site_id = stage.sites[school.key]
        there = [actor for actor in actors if actor.site_id == site_id]
        teaching = [actor for actor in there if actor.role in TEACHING]
        for place, kind, follows, suffix, people in (
            ("school", "site", "site", "", there),
            ("teachers", "role_alike", "site_teachers", " teachers", teaching),
        ):
            name = f"{school.short_name}{suffix}"
            stage.spaces[place, school.key] = _space(
                bulk, stage, kind, "closed", name, name, site_id=site_id, follows=follows, people=people
            )
    wanted = round(SPACES_PER_SCALE * scale) - len(stage.spaces) - len(stage.script.groups)
    _groups(bulk, stage, scale, wanted)


def _groups(bulk: Bulk, stage: Stage, scale: int, wanted: int) -> None:
    """The script's groups; later casts have groups of their own while there is room, else join these."""
    homes: dict[tuple[str, int], list[int]] = {(group.key, 0): [0] for group in stage.script.groups}
    for number in range(1, scale):
        for group in stage.script.groups:
            if wanted > 0:
                homes[group.key, number] = [number]
                wanted -= 1
            else:
                homes[group.key, 0].append(number)
    for group in stage.script.groups:
        for number in range(scale):
            casts = homes.get((group.key, number))
            if casts:
                people = [stage.casts[cast][key] for cast in casts for key in group.everyone]
                _group(bulk, stage, group, number, people)


def _group(bulk: Bulk, stage: Stage, group: Group, number: int, people: list[Actor]) -> None:
    name, slug = group.name, group.slug
    if number:
        name, slug = f"{name} ({number + 1})", f"{slug}-{number + 1}"
    leads = {stage.casts[number][key].id for key in group.leads}
    stage.spaces[group.key, number] = _space(
        bulk, stage, "group", group.access, slug, name, purpose=group.about, people=people, leads=leads
    )


def _space(
    bulk: Bulk,
    stage: Stage,
    kind: str,
    access: str,
    slug: str,
    name: str,
    *,
    purpose: str = "",
    site_id: int | None = None,
    follows: str | None = None,
    people: Iterable[Actor] = (),
    leads: Iterable[int] = (),
) -> int:
    people = list(people)
    slug = slug_of(slug, stage.slugs)
    stage.slugs.add(slug)
    space_id = bulk.new_id(Space)
    bulk.add(
        Space,
        id=space_id,
        network_id=stage.network_id,
        kind=kind,
        access=access,
        slug=slug,
        name=name,
        purpose=purpose,
        site_id=site_id,
        follows=follows,
        member_count=len(people),
        created_at=stage.started,
    )
    for actor in people:
        role = "lead" if actor.id in leads else "member"
        bulk.add(SpaceMember, space_id=space_id, member_id=actor.id, role=role, joined_at=stage.started)
    return space_id
