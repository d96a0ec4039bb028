"""Places: the spaces of a network, and who belongs to them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.text import clean
from app.demo.content import Following, Group
from app.demo.loading.bulk import Bulk
from app.demo.loading.stage import Actor, Stage
from app.networks.models import fold, grade_bit, with_refs
from app.spaces.actions import TEACHING, slug_of
from app.spaces.models import COVERS, GroupAsk, GroupNorms, Space, SpaceMember, words_of
from app.spaces.models import Group as GroupRow

SPACES_PER_SCALE = 1.5
"""Spaces that a demo of a scale has at least; groups of later casts make them up."""


def open_spaces(bulk: Bulk, stage: Stage, scale: int) -> None:
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
    for following in stage.script.following:
        _following(bulk, stage, following)
    _asks(bulk, stage)


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
        bulk,
        stage,
        "group",
        group.access,
        slug,
        name,
        purpose=group.about,
        people=people,
        leads=leads,
        more=_said(stage, group),
    )
    space_id = stage.spaces[group.key, number]
    if group.norms:
        kept = with_refs(group.norms, (), f"g{space_id}.")
        row = {"version": 1, "norms": kept, "adopted_at": stage.started, "adopted_by_id": min(leads)}
        bulk.add(GroupNorms, space_id=space_id, **row)


def _said(stage: Stage, group: Group) -> dict[str, Any]:
    return {
        "driver_id": stage.drivers[group.driver] if group.driver else None,
        "grades": sum(grade_bit(grade) for grade in group.grades),
        "question": group.question,
        "welcome": clean(group.welcome) if group.welcome else "",
    }


def _following(bulk: Bulk, stage: Stage, group: Following) -> None:
    """Whoever fits the rule, of every cast."""
    grades = sum(grade_bit(grade) for grade in group.grades)
    stage.spaces[group.key, 0] = _space(
        bulk,
        stage,
        "role_alike",
        "closed",
        group.slug,
        group.name,
        purpose=group.about,
        follows="place",
        people=[
            actor
            for actor in stage.everyone
            if actor.role in group.roles and (not grades or actor.grades & grades)
        ],
        leads={stage.casts[0][key].id for key in group.leads},
        more={"roles": ",".join(group.roles), "grades": grades},
    )


def _asks(bulk: Bulk, stage: Stage) -> None:
    for ask in stage.script.asks:
        bulk.add(
            GroupAsk,
            space_id=stage.spaces[ask.group, 0],
            member_id=stage.casts[0][ask.member].id,
            words=ask.words,
            state="open",
            reason="",
            asked_at=clock.now() - timedelta(days=ask.days_ago),
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
    more: dict[str, Any] | None = None,
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
    if kind != "commons":
        _group_row(bulk, stage, space_id, name, purpose, follows, **(more or {}))
    for actor in people:
        role = "lead" if actor.id in leads else "member"
        since = {"joined_at": stage.started, "welcomed_at": stage.started}
        bulk.add(SpaceMember, space_id=space_id, member_id=actor.id, role=role, **since)
    return space_id


def _group_row(
    bulk: Bulk, stage: Stage, space_id: int, name: str, purpose: str, follows: str | None, **given: Any
) -> None:
    """What a space that people gather in says of itself."""
    form = {None: "affinity", "place": "role_alike"}.get(follows, "site_team")
    row: dict[str, Any] = dict.fromkeys(("driver_id", "started_by_id"))
    row |= dict.fromkeys(("question", "welcome", "roles"), "")
    row |= {"form": form, "grades": 0, "cover": space_id % COVERS, "active_at": stage.started}
    row |= {"name_key": fold(name)[:120], "words": words_of(name, purpose)}
    bulk.add(GroupRow, space_id=space_id, **(row | given))
