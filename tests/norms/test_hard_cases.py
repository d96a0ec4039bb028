"""Odd input to every form of proposals, and two facilitators at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.networks.actions import Overtaken
from app.networks.models import Member, Network
from app.networks.queries import norms_of, norms_version
from app.norms.actions import Answered, adopt, propose
from tests.networks.test_bad_input import ODD
from tests.support.clients import Client
from tests.support.factories import World, make_world

Browser = Callable[[Member], Client]
NAMES = ("ref", "title", "meaning", "example", "gone", "after", "title_of_it", "body", "key", "word")


def proposed(world: World, title: str) -> Contribution:
    rows = [*norms_version(world.network).norms, {"title": title}]
    return propose(world.teacher, rows, title=title, html="<p>Because.</p>", after=None)


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_is_refused_or_harmless(world: World, as_member: Browser, odd: str) -> None:
    here = f"/n/{world.network.slug}"
    mine, theirs = proposed(world, "Mine"), proposed(world, "Theirs")
    adopt(world.facilitator, theirs)
    good = {"ref": "n1", "title": "Good", "meaning": "", "example": "", "after": "2"}
    good |= {"title_of_it": "Good", "body": "Good", "word": "Good", "sure": "1"}
    teacher, hub = as_member(world.teacher), as_member(world.facilitator)
    for name in NAMES:
        # As bytes: half a character has no other way in.
        sent = {**good, name: ODD[odd].encode("utf-8", "surrogatepass")}
        for browser, path in (
            (teacher, f"{here}/norms/propose"),
            (teacher, f"{here}/c/{mine.id}/renew"),
            (hub, f"{here}/c/{mine.id}/adopt"),
            (hub, f"{here}/c/{mine.id}/decline"),
            (teacher, f"{here}/norms/later"),
            (teacher, f"{here}/c/{mine.id}/stays"),
        ):
            answer = browser.post(path, data=sent)
            assert answer.status_code < 500, (name, path)
            assert "<script>alert" not in answer.text


@pytest.mark.durable
@pytest.mark.parametrize("same", [True, False])
def test_of_two_who_adopt_at_once_one_is_told(app: Any, db: Any, same: bool) -> None:
    world = make_world()
    first = proposed(world, "First").id
    second = first if same else proposed(world, "Second").id
    network_id, start = world.network.id, threading.Barrier(2)
    outcomes: list[str] = []

    def race(member_id: int, root_id: int) -> None:
        with app.app_context():
            member = db.session.get_one(Member, member_id)
            root = db.session.get_one(Contribution, root_id)
            start.wait()
            try:
                adopt(member, root)
                outcomes.append("adopted")
            except (Answered, Overtaken):
                outcomes.append("told")
            finally:
                db.session.remove()

    pairs = [(world.facilitator.id, first), (world.director.id, second)]
    threads = [threading.Thread(target=race, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["adopted", "told"]
    db.session.rollback()
    network = db.session.get_one(Network, network_id)
    assert network.norms_version == 2
    assert len(norms_of(network)) == 2
