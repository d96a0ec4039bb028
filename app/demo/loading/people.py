"""The networks themselves: schools, drivers, accounts and members."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.accounts.models import Account
from app.core.files.models import StoredFile
from app.demo.content import Person, Script
from app.demo.loading.bulk import Bulk
from app.demo.loading.places import open_spaces
from app.demo.loading.props import Prop
from app.demo.loading.stage import Actor, Cast, Stage
from app.networks.models import Driver, Member, Network, NormsVersion, Site, grade_bit, with_refs


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
        settings={"norms_version": 1, "may_ask": True, "sealing": True},
        is_demo=True,
        created_at=started,
    )
    bulk.add(
        NormsVersion,
        network_id=stage.network_id,
        version=1,
        norms=with_refs(script.norms, ()),
        adopted_at=started,
    )
    _drivers(bulk, stage)
    _sites(bulk, stage)
    for number in range(scale):
        stage.casts.append(_cast(bulk, stage, number, accounts, photos if number == 0 else {}))
    stage.names = {person.key: (stage.casts[0][person.key].id, person.name) for person in script.people}
    _asking(bulk, stage, accounts)
    open_spaces(bulk, stage, scale)
    return stage


def _drivers(bulk: Bulk, stage: Stage) -> None:
    for position, driver in enumerate(stage.script.drivers):
        stage.drivers[driver["key"]] = bulk.new_id(Driver)
        bulk.add(
            Driver,
            id=stage.drivers[driver["key"]],
            network_id=stage.network_id,
            name=driver["name"],
            meaning=driver["meaning"],
            position=position,
        )


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
        "asked_because": "",
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


def _asking(bulk: Bulk, stage: Stage, accounts: Accounts) -> None:
    """People who wait for a facilitator's answer: no welcome yet, and no space."""
    for days, asking in enumerate(stage.script.asking, start=1):
        at = accounts.now - timedelta(days=days, hours=3)
        grades = sum(grade_bit(grade) for grade in asking.grades)
        row: dict[str, Any] = dict.fromkeys(("photo_key", "norms_version", "welcomed_at", "confirmed_at"))
        row |= dict.fromkeys(("working_on", "can_help_with", "story"), "")
        row |= {"id": bulk.new_id(Member), "network_id": stage.network_id, "name": asking.name}
        row |= {"account_id": accounts.of(asking.email, asking.name, stage.script.time_zone, at)}
        row |= {"role": asking.role, "site_id": stage.sites[asking.site], "grades": grades}
        row |= {"is_facilitator": False, "is_director": False, "joined_at": at}
        bulk.add(Member, **row, standing="asked", asked_because=asking.because)


def _photo(bulk: Bulk, stage: Stage, actor: Actor, prop: Prop | None, at: datetime) -> str | None:
    if prop is None:
        return None
    bulk.add(StoredFile, id=bulk.new_id(StoredFile), **prop.row("photo", stage.network_id, actor.id, at))
    return prop.key
