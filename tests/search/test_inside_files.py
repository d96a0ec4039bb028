"""Found by a word that stands only inside a file: by whom, with which page, and by nobody else."""

from io import BytesIO
from typing import Any

from app.core import previews
from app.core.files import files
from app.core.files.models import StoredFile
from app.search.queries import inside, results
from tests.core.previews import samples
from tests.search.test_page import main_of
from tests.support.factories import World, make_group, make_post


def attached(world: World, content: bytes, name: str, media_type: str) -> StoredFile:
    return files.put(
        BytesIO(content),
        name=name,
        media_type=media_type,
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )


def worksheet(world: World) -> StoredFile:
    content = samples.pdf(["Warm-up", "Now a rhombus", "Exit"])
    return attached(world, content, "Worksheet & key.pdf", "application/pdf")


def test_a_hit_inside_a_file_names_its_page_and_opens_it(world: World, index: Any, as_member: Any) -> None:
    stored = worksheet(world)
    make_post(
        world.teacher,
        world.commons,
        "Something on shapes",
        title="Shapes",
        kind="material",
        file_keys=[stored.key],
    )
    index()
    browser = as_member(world.colleague)
    search = f"/n/{world.network.slug}/search?q=rhombus"
    assert "Worksheet" not in main_of(browser.get(search).text)
    previews.catch_up()
    index()
    found = main_of(browser.get(search).text)
    assert "page 2 of Worksheet &amp; key.pdf" in found
    assert "<mark>rhombus</mark>" in found
    here = f"/n/{world.network.slug}/files/{stored.key}?page=2"
    assert f'href="{here}"' in found
    page = main_of(browser.get(here).text)
    assert "Page 2 of 3" in page
    assert "Now a rhombus" in page
    assert browser.get(f"/files/{stored.key}/page/2").mimetype == "image/webp"


def test_long_files_are_looked_at_only_as_far_as_they_are_indexed(
    world: World, index: Any, as_member: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(inside, "MOST", 12)
    stored = worksheet(world)
    post = make_post(world.teacher, world.commons, "Shapes", kind="material", file_keys=[stored.key])
    previews.catch_up()
    index()
    (sections,) = inside.sections_inside(world.network.slug, [post.id]).values()
    assert [section.text for section in sections] == ["Warm-up", "Now a rhombus"]
    search = f"/n/{world.network.slug}/search?q=exit"
    assert "Worksheet" not in main_of(as_member(world.colleague).get(search).text)


def test_a_slip_is_mended_from_what_a_page_can_wait_for(
    world: World, index: Any, as_member: Any, monkeypatch: Any
) -> None:
    make_post(world.teacher, world.commons, "Nothing else here. Long. " * 4 + "A rhombus.", title="Shapes")
    index()
    search = f"/n/{world.network.slug}/search?q=rhombis"
    assert "<mark>rhombus</mark>" in as_member(world.colleague).get(search).text
    monkeypatch.setattr(results, "LOOKED_THROUGH", 60)
    assert "<mark>rhombus</mark>" not in as_member(world.colleague).get(search).text


def test_the_posts_own_words_come_first(world: World, index: Any, as_member: Any) -> None:
    stored = worksheet(world)
    make_post(
        world.teacher,
        world.commons,
        "A rhombus, cut out",
        title="Shapes",
        kind="material",
        file_keys=[stored.key],
    )
    previews.catch_up()
    index()
    found = main_of(as_member(world.colleague).get(f"/n/{world.network.slug}/search?q=rhombus").text)
    assert "page 2 of" not in found
    assert "A <mark>rhombus</mark>, cut out" in found


def test_words_in_a_file_lie_behind_the_wall_of_its_post(world: World, index: Any, as_member: Any) -> None:
    stored = worksheet(world)
    group = make_group(world, world.teacher, world.colleague, name="Closed one", access="secret")
    make_post(world.teacher, group, "For us", title="Ours", kind="material", file_keys=[stored.key])
    previews.catch_up()
    index()
    search = f"/n/{world.network.slug}/search?q=rhombus"
    assert "page 2 of" in main_of(as_member(world.colleague).get(search).text)
    outside = as_member(world.neighbour)
    assert "Worksheet" not in main_of(outside.get(search).text)
    for path in ("", "/thumb", "/page/2"):
        assert outside.get(f"/files/{stored.key}{path}").status_code == 404
    assert outside.get(f"/n/{world.network.slug}/files/{stored.key}").status_code == 404


def test_a_phrase_is_shown_where_it_stands(world: World, index: Any, as_member: Any) -> None:
    """The post has both words, apart; the page has them side by side, as they were asked for."""
    content = samples.pdf(["Warm-up", "Hands up now", "Exit"])
    stored = attached(world, content, "Worksheet.pdf", "application/pdf")
    post = {"title": "Shapes", "kind": "material", "file_keys": [stored.key]}
    make_post(world.teacher, world.commons, "Put your hands together, then look up.", **post)
    previews.catch_up()
    index()
    browser, here = as_member(world.colleague), f"/n/{world.network.slug}/search"
    assert "page 2 of Worksheet" in main_of(browser.get(here, query_string={"q": '"hands up"'}).text)
    assert "page 2 of" not in main_of(browser.get(here, query_string={"q": "hands up"}).text)
