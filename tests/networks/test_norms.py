"""Norms by number and by ref: what stays the same norm over versions, and what is new."""

from app.networks.actions import adopt_norms
from app.networks.queries import norms_of, norms_version
from tests.support.factories import World


def refs(world: World, version: int | None = None) -> list[tuple[str, int, str]]:
    return [(norm.ref, norm.number, norm.title) for norm in norms_of(world.network, version)]


def test_a_reworded_norm_keeps_its_ref_and_none_is_given_twice(world: World) -> None:
    first = norms_version(world.network).norms
    assert refs(world) == [("n1", 1, first[0]["title"])]
    two = [{**first[0], "title": "Said otherwise"}, {"title": "Second"}]
    adopt_norms(world.facilitator, world.network, two)
    assert refs(world) == [("n1", 1, "Said otherwise"), ("n2", 2, "Second")]
    adopt_norms(world.facilitator, world.network, [{"ref": "n1", "title": "Said otherwise"}])
    adopt_norms(world.facilitator, world.network, [{"title": "Third"}, {"ref": "n1", "title": "First again"}])
    assert refs(world) == [("n3", 1, "Third"), ("n1", 2, "First again")]
    assert refs(world, 1) == [("n1", 1, first[0]["title"])]


def test_a_ref_that_was_never_given_or_comes_twice_is_a_new_norm(world: World) -> None:
    norms = [{"ref": "n1", "title": "A"}, {"ref": "n1", "title": "B"}, {"ref": "n99", "title": "C"}]
    adopt_norms(world.facilitator, world.network, norms)
    assert [ref for ref, _number, _title in refs(world)] == ["n1", "n2", "n3"]


def test_the_same_title_without_a_ref_is_the_same_norm(world: World) -> None:
    title = norms_of(world.network)[0].title
    adopt_norms(world.facilitator, world.network, [{"title": "New"}, {"title": title}])
    assert [ref for ref, _number, _title in refs(world)] == ["n2", "n1"]
