"""A resource's files are seen on its page, and what they say of standards is offered."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from app.contributions.models import Contribution
from app.core import previews
from app.core.files import files
from app.library.actions import Said, add_resource
from app.standards.models import Standard
from tests.core.files.samples import PDF
from tests.core.previews import samples
from tests.library.conftest import BODY, upload
from tests.standards.conftest import bring, standard
from tests.support.clients import Client
from tests.support.factories import World, make_group

__all__ = ["bring", "standard"]
Browser = Callable[[Any], Client]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def keep(world: World, content: bytes, name: str, media_type: str) -> str:
    stored = files.put(
        BytesIO(content),
        name=name,
        media_type=media_type,
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )
    return str(stored.key)


def shared(world: World, keys: list[str], space: Any = None) -> Contribution:
    said = Said("Plans", "", {**BODY, "form": "file"}, raw=keys)
    return add_resource(world.teacher, space or world.commons, said, file_keys=keys)


def main(browser: Client, world: World, root: Contribution, rest: str = "") -> str:
    answer = browser.get(f"/n/{world.network.slug}/c/{root.id}{rest}")
    assert answer.status_code == 200
    return str(answer.text).split("<main")[1].split("</main>")[0]


def test_a_resource_shows_its_files_one_section_at_a_time(world: World, as_member: Browser) -> None:
    keys = [keep(world, samples.word(), "plan.docx", DOCX), keep(world, b"a,b\n41,2\n", "t.csv", "text/csv")]
    root, browser = shared(world, keys), as_member(world.colleague)
    assert "The preview is being made" in main(browser, world, root)
    previews.catch_up()
    page = main(browser, world, root)
    assert "Part 1 of 2" in page
    assert f"/c/{root.id}?file={keys[0]}&amp;page=2#look" in page
    assert "The median cuts the data in two." in page
    assert "Part 2 of 2" in main(browser, world, root, f"?file={keys[0]}&page=2")
    table = main(browser, world, root, f"?file={keys[1]}&page=9")
    assert "41" in table
    assert "Part 1 of 2" not in table
    for odd in ("?file=nobody-s-file", "?page=x", "?file=&page=99"):
        assert "of 2" in main(browser, world, root, odd), odd


def test_a_file_of_somebody_else_is_not_shown_through_it(world: World, as_member: Browser) -> None:
    hidden = keep(world, b"only for us\n", "secret.txt", "text/plain")
    shared(world, [hidden], make_group(world, world.teacher, access="secret"))
    root = shared(world, [keep(world, b"for everybody\n", "open.txt", "text/plain")])
    previews.catch_up()
    page = main(as_member(world.colleague), world, root, f"?file={hidden}")
    assert "for everybody" in page
    assert "only for us" not in page


def test_a_damaged_file_says_so(world: World, as_member: Browser) -> None:
    root = shared(world, [keep(world, PDF[:20], "torn.pdf", "application/pdf")])
    previews.catch_up()
    assert "seems damaged" in main(as_member(world.colleague), world, root)


def offered(browser: Client, world: World, **asked: Any) -> tuple[list[str], bool]:
    answer = browser.get(f"/n/{world.network.slug}/library/guess", query_string=asked)
    assert answer.status_code == 200
    return [one["code"] for one in answer.json["standards"]], answer.json["waiting"]


def test_codes_in_title_and_file_are_offered(
    world: World, standard: Callable[[str], Standard], as_member: Browser
) -> None:
    standard("6.SP.B.4")
    assert (
        "data-standards-offered" in as_member(world.teacher).get(f"/n/{world.network.slug}/library/new").text
    )
    browser = as_member(world.teacher)
    key = upload(world, world.teacher, "plots.txt", "It serves 6.SP.B.5 and 9.Z.1.")
    assert offered(browser, world, title="Plots for 6sp4", key=key) == (["6.SP.B.4"], True)
    previews.catch_up()
    assert offered(browser, world, title="Plots for 6sp4", key=key) == (["6.SP.B.4", "6.SP.B.5"], False)
    assert offered(as_member(world.colleague), world, key=key) == ([], False)
    assert offered(browser, world, title="Nothing") == ([], False)


def test_a_document_on_a_shelf_shows_its_first_page(world: World, as_member: Browser) -> None:
    key = keep(world, samples.pdf(["Ratios"]), "map.pdf", "application/pdf")
    shared(world, [key])
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/library/"
    assert f"/files/{key}/thumb" not in browser.get(place).text
    previews.catch_up()
    assert f"/files/{key}/thumb" in browser.get(place).text
    assert browser.get(f"/files/{key}/thumb").status_code == 200
