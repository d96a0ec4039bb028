"""The index follows the database: in batches, after crashes, after damage."""

from pathlib import Path
from typing import Any

import pytest

from app.contributions import actions
from app.core.search import changes, feeding
from app.core.search.embedded import Embedded
from app.core.search.port import Engine, EngineDown
from app.search.actions import change_synonyms
from tests.support.factories import World, make_post, make_reply


def test_a_post_is_noted_in_its_own_transaction(world: World, index: Any) -> None:
    index()
    assert changes.waiting() == 0
    post = make_post(world.teacher, world.commons)
    reply = make_reply(world.colleague, post)
    assert changes.changed() == {f"contribution:{post.id}", f"contribution:{reply.id}"}
    index()
    assert changes.changed() == frozenset()


def test_a_crash_before_the_end_repeats_and_loses_nothing(
    world: World, engine: Engine, index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index()
    make_post(world.teacher, world.commons, "Zebra crossings")
    with monkeypatch.context() as broken:
        broken.setattr(changes, "settle", _power_cut)
        with pytest.raises(PowerCut):
            feeding.turn(engine)
    assert changes.waiting() > 0
    index()
    assert changes.waiting() == 0
    assert [document.words for document in _found(engine, world)] == ["Zebra crossings"]


class PowerCut(Exception):
    pass


def _power_cut(_ids: list[int]) -> None:
    raise PowerCut


def _found(engine: Engine, world: World) -> list[Any]:
    from app.core.search.sources import documents_of
    from app.search.queries import parse
    from app.search.queries.results import Wish, find

    found = find(world.colleague, parse("zebra"), Wish())
    return documents_of(line.owner for line in found.lines)


def test_too_many_changes_are_said_and_not_guessed(
    world: World, index: Any, as_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index()
    monkeypatch.setattr(changes, "MOST", 0)
    make_post(world.teacher, world.commons)
    page = as_member(world.teacher).get(f"/n/{world.network.slug}/search?q=number").text
    assert "Search is getting ready" in page
    index()
    assert "1 result" in as_member(world.teacher).get(f"/n/{world.network.slug}/search?q=number").text


def test_until_there_is_an_index_the_page_says_so(
    world: World, engine: Engine, index: Any, as_member: Any
) -> None:
    from app.core import search

    index()
    assert search.works()
    engine.distrust()
    browser = as_member(world.teacher)
    page = browser.get(f"/n/{world.network.slug}/search?q=number")
    assert page.status_code == 200
    assert "Search is getting ready" in page.text
    assert browser.get(f"/n/{world.network.slug}/search/suggestions?q=tess").status_code == 200
    assert not search.works()
    index()
    assert search.works()


LEAVES_IT_OPEN = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
)
"""Whoosh forgets to close a table of contents that it cannot read."""


def damaged(place: Path, how: str) -> None:
    """Spoil the parts of an index as disks and people do."""
    current = place / (place / "current").read_text()
    parts = sorted(current.glob("*.seg"))
    if how == "cut":
        parts[0].write_bytes(parts[0].read_bytes()[:-50])
    elif how == "flipped":
        data = bytearray(parts[0].read_bytes())
        data[len(data) // 2] ^= 0xFF
        parts[0].write_bytes(data)
    elif how == "part missing":
        parts[0].unlink()
    elif how == "contents spoilt":
        next(current.glob("*.toc")).write_bytes(b"not a table of contents")
    else:
        (place / "current").unlink()


@LEAVES_IT_OPEN
@pytest.mark.parametrize("how", ["cut", "flipped", "part missing", "contents spoilt", "pointer missing"])
def test_a_damage_is_found_at_the_start_and_mended(how: str, world: World, db: Any, tmp_path: Path) -> None:
    make_post(world.teacher, world.commons, "Zebra crossings")
    engine = Embedded(tmp_path / "index")
    feeding.catch_up(engine)
    assert engine.check()
    damaged(tmp_path / "index", how)
    again = Embedded(tmp_path / "index")
    assert not again.check()
    assert not again.ready()
    feeding.catch_up(again)
    assert again.check()


@LEAVES_IT_OPEN
@pytest.mark.parametrize("how", ["part missing", "contents spoilt"])
def test_whoever_meets_a_damage_says_so(how: str, world: World, db: Any, tmp_path: Path) -> None:
    from app.core.search.port import Query, Reach

    make_post(world.teacher, world.commons, "Zebra crossings")
    feeding.catch_up(Embedded(tmp_path / "index"))
    damaged(tmp_path / "index", how)
    reader = Embedded(tmp_path / "index")
    with pytest.raises(EngineDown):
        reader.search(Query(Reach(world.network.id, frozenset())))
    assert not reader.ready()


def test_an_older_layout_is_made_anew(world: World, db: Any, tmp_path: Path) -> None:
    place = tmp_path / "index"
    feeding.catch_up(Embedded(place))
    old = place / (place / "current").read_text()
    old.rename(place / "v0-old")
    (place / "current").write_text("v0-old")
    engine = Embedded(place)
    assert not engine.ready()
    feeding.catch_up(engine)
    assert engine.ready()
    assert not (place / "v0-old").exists()


def test_synonyms_are_the_networks_own(world: World, index: Any, as_member: Any) -> None:
    make_post(world.teacher, world.commons, "A zebra came")
    index()
    page = f"/n/{world.network.slug}/search?q=stripehorse"
    assert "Nothing found" in as_member(world.colleague).get(page).text
    change_synonyms(world.facilitator, world.network, "zebra = stripehorse")
    assert "<mark>zebra</mark>" in as_member(world.colleague).get(page).text


def test_a_moved_post_is_found_where_it_is(world: World, index: Any, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    index()
    actions.edit_contribution(world.teacher, post, html="<p>Number talks, moved</p>", title="")
    assert f"contribution:{post.id}" in (changes.changed() or ())
