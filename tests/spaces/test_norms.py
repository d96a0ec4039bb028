"""The norms that hold in a space: the network's first, the group's own below."""

from typing import Any

from app.networks.queries import norms_of
from app.spaces.models import GroupNorms, Space
from app.spaces.queries import commons_of
from app.spaces.queries.norms import find_norm, norms_in
from tests.support.factories import World


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
