"""Norms by number and by ref: what stays the same norm over versions, and what is new."""

from collections.abc import Callable

import pytest

from app.core.worddiff import marked
from app.networks.actions import accept_norms, adopt_norms
from app.networks.models import change_from, changes_between
from app.networks.queries import acceptance_of, norms_of, norms_version
from tests.support.clients import Client
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


def test_the_page_and_how_it_came_to_be(world: World, browser_of: Callable[..., Client]) -> None:
    first = norms_of(world.network)[0]
    two = [{"ref": "n1", "title": first.title, "meaning": "Everybody listens."}, {"title": "New one"}]
    adopt_norms(world.facilitator, world.network, two, why="We asked everybody")
    accept_norms(world.teacher, 2)
    browser, home = browser_of(world.teacher), f"/n/{world.network.slug}/norms"
    assert 'id="n2"' in browser.get(f"{home}/").text
    assert "have accepted" not in browser.get(f"{home}/").text
    history = browser.get(f"{home}/history").text
    assert "We asked everybody" in history
    assert "adopted by Fay Facilitator" in history
    assert "Everybody <del>speaks.</del><ins>listens.</ins>" in history
    assert browser.get(f"{home}/?version=1").status_code == 200
    assert browser.get(f"{home}/?version=9").status_code == 404


def test_the_hub_sees_how_many_accepted(world: World, browser_of: Callable[..., Client]) -> None:
    adopt_norms(world.facilitator, world.network, [{"title": "Only one"}])
    counted = acceptance_of(world.network)
    assert (counted.accepted, counted.reading_along) == (1, 0)
    assert counted.people > 1
    page = browser_of(world.facilitator).get(f"/n/{world.network.slug}/norms/").text
    assert f"1 of {counted.people} have accepted this version." in page


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("", "All of it", [("in", "All of it")]),
        ("All of it", "", [("out", "All of it")]),
        ("We read.", "We all read.", [("same", "We"), ("in", " all"), ("same", " read.")]),
        ("We read.", "We talk.", [("same", "We"), ("same", " "), ("out", "read."), ("in", "talk.")]),
        ("same", "same", [("same", "same")]),
        ("a\n\nb ", "a\n\nb ", [("same", "a\n\nb ")]),
    ],
)  # fmt: skip
def test_marks_are_both_texts(old: str, new: str, marks: list[tuple[str, str]]) -> None:
    found = marked(old, new)
    assert [(mark.how, mark.words) for mark in found] == marks
    assert "".join(mark.words for mark in found if mark.how != "in") == old
    assert "".join(mark.words for mark in found if mark.how != "out") == new


def test_changes_can_be_written_down(world: World) -> None:
    before = norms_of(world.network)
    adopt_norms(world.facilitator, world.network, [{"title": "Another"}])
    changes = changes_between(before, norms_of(world.network))
    assert [change.how for change in changes] == ["added", "gone"]
    assert [change_from(change.as_json()) for change in changes] == changes
