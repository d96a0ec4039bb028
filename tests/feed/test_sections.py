"""What the feed adds to other pages: a profile's shared posts, and the welcome's first step."""

from app.feed.queries import helpful_failure, shared_by
from tests.support.factories import World, make_group, make_post


def test_a_profile_shows_what_its_reader_may_see(world: World) -> None:
    open_post = make_post(world.teacher, world.commons, "For everyone")
    secret = make_post(
        world.teacher, make_group(world, world.teacher, world.neighbour, access="secret"), "Secret"
    )
    assert shared_by(world.neighbour, world.teacher) == [secret, open_post]
    for reader in (world.principal, world.colleague, world.director):
        assert shared_by(reader, world.teacher) == [open_post]
    assert shared_by(world.outsider, world.teacher) == []
    assert shared_by(world.teacher, world.outsider) == []


def test_the_first_step_is_a_failure_that_is_seen(world: World) -> None:
    assert helpful_failure(world.colleague) is None
    group = make_group(world, world.teacher, access="secret")
    fields = {"kind": "tried_it", "outcome": "did_not_work"}
    make_post(world.teacher, group, "Secret failure", **fields)
    assert helpful_failure(world.colleague) is None
    shown = make_post(world.teacher, world.commons, "Sneakers", **fields)
    assert helpful_failure(world.colleague) == shown
    assert helpful_failure(world.outsider) is None
