"""Archives: what is inside, how it is named, what is left out and said so."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from app.contributions.actions import remove_contribution
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.files.packing import apart, packed, safe_name
from app.library.actions import Said, adapt, collect, start_collection
from app.library.queries import packing
from app.library.routes import exporting
from tests.library.conftest import BODY, Make
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Any], Client]


def opened(browser: Client, place: str) -> tuple[zipfile.ZipFile, BeautifulSoup]:
    answer = browser.get(place)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive, BeautifulSoup(archive.read("index.html"), "html.parser")


def words(page: BeautifulSoup) -> str:
    return page.get_text(" ", strip=True)


def test_a_collection_comes_with_a_page_that_says_what_each_is(
    world: World, as_member: Browser, resource: Make
) -> None:
    group = make_group(world, world.teacher)
    one = resource('Plots: "big/small"', files=2, licence="CC-BY-SA-4.0")
    inside = resource("Hidden plans", space=group)
    link = resource("A link", form="link", link_url="https://example.org/plots")
    shared = start_collection(world.teacher, title="Week 1: data", about="For all", space=world.commons)
    for each, note in ((one, "Begin here"), (inside, "Not yet"), (link, "")):
        collect(world.teacher, shared, each, note=note)
    place = f"/n/{world.network.slug}/library/collections/{shared.id}"
    assert "Download as a ZIP" in as_member(world.colleague).get(place).text
    archive, page = opened(as_member(world.colleague), f"{place}/archive")
    assert archive.namelist() == [
        "01 Plots big small/plots-0.txt",
        "01 Plots big small/plots-1.txt",
        "index.html",
    ]
    assert archive.read("01 Plots big small/plots-0.txt") == b"Box plots of shoe sizes"
    text = words(page)
    assert all(
        word in text
        for word in (
            "Week 1: data",
            "For all",
            "Begin here",
            "CC BY-SA 4.0",
            "Tess Teacher",
            "Sort the shoes",
        )
    )
    assert "One more is in the list that you cannot open" in text
    assert "Hidden plans" not in text
    assert "Not yet" not in text
    links = [str(each["href"]) for each in page.select("a")]
    assert "01%20Plots%20big%20small/plots-0.txt" in links
    assert "https://example.org/plots" in links
    assert page.select("script, link, img, iframe") == []
    assert as_member(world.outsider).get(f"{place}/archive").status_code == 404
    own, _page = opened(as_member(world.teacher), f"{place}/archive")
    assert "Hidden plans" in own.read("index.html").decode()


def test_what_waits_or_does_not_fit_is_named_and_left_out(
    world: World, as_member: Browser, resource: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, gone, large = resource("Waits", files=1), resource("Gone", files=1), resource("Large", files=1)
    keys = [each.card["files"][0]["key"] for each in (root, gone)]
    db.session.execute(update(StoredFile).where(StoredFile.key == keys[0]).values(state="quarantined"))
    db.session.commit()
    files.store.delete(keys[1])
    archive, page = opened(as_member(world.teacher), f"/n/{world.network.slug}/library/mine/archive")
    assert archive.namelist() == ["01 Large/plots-0.txt", "index.html"]
    text = words(page)
    assert "is still being checked for viruses" in text
    assert "is not here any more" in text
    assert large.title in text
    monkeypatch.setattr(packing, "PACKED_AT_MOST", 3)
    archive, page = opened(as_member(world.teacher), f"/n/{world.network.slug}/library/mine/archive")
    assert archive.namelist() == ["index.html"]
    assert "did not fit" in words(page)


def test_what_is_taken_back_meanwhile_is_not_in_it(world: World, resource: Make, app: Any) -> None:
    first, second = resource("First", files=1), resource("Second", files=1)
    pack = packing.pack_own(world.teacher, "Mine")
    entries = exporting._entries(app, world.teacher.id, pack)
    assert next(entries)[0] == "01 Second/plots-0.txt"
    remove_contribution(world.teacher, first)
    rest = list(entries)
    assert [path for path, _pieces in rest] == ["index.html"]
    page = b"".join(rest[0][1]).decode()
    assert "Second" in page
    assert "First" not in page
    assert second.title


def test_what_stays_in_its_space_goes_along_with_its_author_alone(
    world: World, resource: Make, as_member: Browser
) -> None:
    kept = resource("Stays here", author=world.colleague)
    open_one = resource("Goes along", author=world.colleague)
    mine = start_collection(world.teacher, title="Box plots", about="", space=None)
    for each in (kept, open_one):
        collect(world.teacher, mine, each)
    kept.stays = True
    db.session.flush()
    _archive, page = opened(
        as_member(world.teacher), f"/n/{world.network.slug}/library/collections/{mine.id}/archive"
    )
    assert "Goes along" in words(page)
    assert "Stays here" not in words(page)
    _archive, own = opened(as_member(world.colleague), f"/n/{world.network.slug}/library/mine/archive")
    assert "Stays here" in words(own)


def test_a_copy_names_what_it_was_made_from(world: World, as_member: Browser, resource: Make) -> None:
    source = resource("Shoe plots", licence="CC-BY-SA-4.0")
    adapt(
        world.colleague,
        [source],
        world.commons,
        Said("Hat plots", "<p>Hats.</p>", {**BODY, "licence": "CC-BY-SA-4.0"}),
        changed="Hats",
    )
    _archive, page = opened(as_member(world.colleague), f"/n/{world.network.slug}/library/mine/archive")
    assert "Adapted from “Shoe plots”, Tess Teacher, CC BY-SA 4.0" in words(page)
    assert "Hat plots" in as_member(world.colleague).get(f"/n/{world.network.slug}/library/?tab=mine").text
    assert (
        "Shoe plots" not in as_member(world.colleague).get(f"/n/{world.network.slug}/library/?tab=mine").text
    )


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("CON.txt", "_CON.txt"),
        ("com¹.txt", "_com¹.txt"),
        ("CONIN$", "_CONIN$"),
        ("Comma.txt", "Comma.txt"),
        (" .. ", "file"),
        ("a" * 200 + ".pdf", "a" * 76 + ".pdf"),
        ("Größe: 5/8?.txt", "Größe 5 8.txt"),
        ("line\nbreak\x00.txt", "line break.txt"),
    ],
)
def test_names_are_safe_on_every_system(given: str, made: str) -> None:
    name = safe_name(given)
    assert name == made
    assert not set(name) & set('<>:"/\\|?*\x00')


def test_the_same_name_twice_is_two() -> None:
    taken: set[str] = set()
    assert [apart(name, taken) for name in ("a.txt", "A.txt", "a.txt")] == ["a.txt", "A (2).txt", "a (3).txt"]


def test_it_is_sent_in_pieces_and_the_next_entry_waits() -> None:
    asked: list[str] = []

    def entry(name: str) -> tuple[str, Any]:
        asked.append(name)
        return name, iter([b"x" * 1000, b"y" * 1000])

    pieces = packed(entry(name) for name in ("one", "two"))
    assert b"x" * 1000 in next(pieces)
    assert asked == ["one"]
    rest = b"".join(pieces)
    assert asked == ["one", "two"]
    assert b"two" in rest
