"""The norms that hold in a space: the network's first, the group's own below."""

from collections.abc import Callable
from typing import Any

import pytest

from app.networks.queries import norms_of
from app.spaces.actions import Overtaken, join_group, set_group_norms
from app.spaces.models import GroupNorms, Space
from app.spaces.queries import commons_of, tie_of
from app.spaces.queries.norms import find_norm, news_of_norms, norms_in, own_norms
from tests.spaces.making import group_of
from tests.support.clients import Client
from tests.support.factories import World

Browser = Callable[[Any], Client]


def test_a_group_adds_to_the_networks_norms(world: World, db: Any) -> None:
    commons = commons_of(world.network.id)
    group = Space(network_id=world.network.id, kind="group", access="open", slug="lab", name="Lab")
    db.session.add(group)
    db.session.flush()
    ref = f"g{group.id}.1"
    db.session.add(GroupNorms(space_id=group.id, norms=[{"ref": ref, "title": "Bring a slip"}]))
    db.session.flush()
    theirs = norms_of(world.network)
    assert norms_in(commons) == theirs
    assert norms_in(group)[: len(theirs)] == theirs
    assert [(norm.ref, norm.number, norm.title) for norm in norms_in(group)[len(theirs) :]] == [
        (ref, 1, "Bring a slip")
    ]
    found = find_norm(group, ref)
    assert found is not None
    assert found.title == "Bring a slip"
    assert find_norm(commons, ref) is None
    assert find_norm(commons, "n1") == theirs[0]


def written(*titles: str, space: Space) -> list[dict[str, str]]:
    """As a lead sends them: `1 Title` keeps the norm of that number."""
    made = []
    for title in titles:
        number, _, words = title.partition(" ")
        ref = {"ref": f"g{space.id}.{number}"} if number.isdigit() else {}
        made.append({"title": words if ref else title, "meaning": "", "example": "", **ref})
    return made


def test_leads_write_them_and_only_they(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague)
    address = f"/n/{world.network.slug}/groups/{space.slug}/"
    sent = {"title": ["Bring a slip", ""], "meaning": ["One is enough.", ""], "example": ["", ""]}
    assert as_member(world.colleague).post(f"{address}norms", data=sent).status_code == 403
    lead = as_member(world.teacher)
    assert lead.post(f"{address}norms", data={**sent, "after": "0"}).status_code == 303
    assert [norm.title for norm in own_norms(space)] == ["Bring a slip"]
    assert lead.post(f"{address}norms", data={**sent, "after": "0"}).status_code == 409
    for page in ("", "norms"):
        assert "Bring a slip" in as_member(world.colleague).get(address + page).text
    titles = [f"Norm {number}" for number in range(11)]
    many = {"title": titles, "meaning": titles, "example": titles, "after": "1"}
    assert lead.post(f"{address}norms", data=many).status_code == 422


def test_whoever_may_ask_reads_them_first(world: World, as_member: Browser) -> None:
    open_to_ask = group_of(world.teacher, access="request")
    secret = group_of(world.teacher, access="secret")
    for space in (open_to_ask, secret):
        set_group_norms(world.teacher, space, written("Bring a slip", space=space))
    browser = as_member(world.colleague)
    about = f"/n/{world.network.slug}/groups/"
    assert "Bring a slip" in browser.get(f"{about}{open_to_ask.slug}/").text
    assert browser.get(f"{about}{secret.slug}/").status_code == 404
    assert browser.get(f"{about}{secret.slug}/norms").status_code == 404
    assert as_member(world.outsider).get(f"{about}{open_to_ask.slug}/norms").status_code == 404


def test_members_are_shown_what_changed_until_they_put_it_away(
    world: World, as_member: Browser, clock: Any
) -> None:
    space = group_of(world.teacher, world.colleague)
    address = f"/n/{world.network.slug}/groups/{space.slug}/"
    lead, member = as_member(world.teacher), as_member(world.colleague)
    clock.move(hours=1)
    set_group_norms(world.teacher, space, written("Bring a slip", space=space))
    assert "The norms of this group have changed" in member.get(address).text
    assert "have changed" not in lead.get(address).text, "who wrote them knows"
    member.post(f"{address}norms-seen")
    assert "have changed" not in member.get(address).text
    clock.move(hours=1)
    set_group_norms(world.teacher, space, written("1 Bring two slips", "Be kind", space=space), after=1)
    news = news_of_norms(tie_of(world.colleague, space.id))
    assert [(change.how, change.norm.title) for change in news] == [
        ("reworded", "Bring two slips"),
        ("added", "Be kind"),
    ]
    member.post(f"{address}norms-seen")
    clock.move(hours=1)
    set_group_norms(world.teacher, space, [], after=2)
    assert [change.how for change in news_of_norms(tie_of(world.colleague, space.id))] == ["gone", "gone"]
    assert norms_in(space) == norms_of(world.network)


def test_a_newcomer_has_no_news(world: World, clock: Any) -> None:
    space = group_of(world.teacher, access="open")
    set_group_norms(world.teacher, space, written("Bring a slip", space=space))
    clock.move(hours=1)
    join_group(world.colleague, space)
    assert not tie_of(world.colleague, space.id).has_new_norms
    assert not tie_of(world.principal, space.id).has_new_norms, "not even a member"


def test_refs_of_a_group_are_its_own_and_never_given_twice(world: World) -> None:
    space = group_of(world.teacher)
    set_group_norms(world.teacher, space, written("One", "Two", space=space))
    set_group_norms(world.teacher, space, written("2 Two", space=space), after=1)
    set_group_norms(world.teacher, space, written("2 Two", "Three", space=space), after=2)
    assert [norm.ref for norm in own_norms(space)] == [f"g{space.id}.2", f"g{space.id}.3"]
    with pytest.raises(Overtaken):
        set_group_norms(world.teacher, space, [], after=1)
